package io.agentrouter.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A repository whose modules were built, each to a jar with a resource profile that runs {@link StubPart}. */
final class StubRepository {

    private static final String PROFILE =
            "memory=4Gi\ncontainer.memory=64Mi\njvm.options=-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx16m\n";

    private StubRepository() {}

    static Path in(Path root) throws IOException {
        for (String module : List.of("sandbox", "qa-agent", "coding-agent", "gateway")) {
            Path target = Files.createDirectories(root.resolve(module).resolve("target"));
            Files.writeString(root.resolve(module).resolve("pom.xml"), "<project/>");
            jar(target.resolve(module + "-0.1.0-SNAPSHOT.jar"));
            Files.writeString(target.resolve(module + "-0.1.0-SNAPSHOT-tests.jar"), "not the one to run");
        }
        return root;
    }

    private static void jar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StubPart.class.getName());
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            String name = StubPart.class.getName().replace('.', '/') + ".class";
            try (InputStream bytes = Objects.requireNonNull(StubPart.class.getResourceAsStream("/" + name))) {
                jar.putNextEntry(new JarEntry(name));
                bytes.transferTo(jar);
            }
            jar.putNextEntry(new JarEntry("META-INF/resource-profile.properties"));
            jar.write(PROFILE.getBytes(StandardCharsets.UTF_8));
        }
    }
}
