package io.agentrouter.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * What a part gets in production, as its jar tells.
 *
 * @param podMemory limit of the whole pod, from which an agent knows how many runs it can carry
 * @param memory limit of its own container
 * @param jvmOptions how its JVM fits into that
 */
record ResourceProfile(Memory podMemory, Memory memory, List<String> jvmOptions) {

    private static final String ENTRY = "META-INF/resource-profile.properties";

    /** The profile may stand under {@code BOOT-INF/classes/}: Boot moves there what is not its own. */
    static ResourceProfile of(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            ZipEntry entry = Stream.of(ENTRY, "BOOT-INF/classes/" + ENTRY)
                    .flatMap(name -> Stream.ofNullable(file.getEntry(name)))
                    .findFirst()
                    .orElseThrow(() -> new LauncherException(jar + " has no " + ENTRY + ": build it again."));
            Properties properties = new Properties();
            try (InputStream in = file.getInputStream(entry)) {
                properties.load(in);
            }
            return of(properties);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + jar, e);
        }
    }

    private static ResourceProfile of(Properties properties) {
        String memory = properties.getProperty("memory");
        if (memory == null) {
            throw new LauncherException(ENTRY + " lacks the key memory.");
        }
        String options = properties.getProperty("jvm.options", "").strip();
        return new ResourceProfile(
                Memory.parse(memory),
                Memory.parse(properties.getProperty("container.memory", memory)),
                options.isEmpty() ? List.of() : List.of(options.split("\\s+")));
    }
}
