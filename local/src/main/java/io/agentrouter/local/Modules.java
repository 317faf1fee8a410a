package io.agentrouter.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The modules of this repository as they were built.
 *
 * @param root the repository
 */
record Modules(Path root) {

    private static final String AGENT = "-agent";

    /** An agent type is a module: {@code qa-agent} serves the type {@code qa}. */
    List<String> agentTypes() {
        return list(
                        root,
                        module -> module.getFileName().toString().endsWith(AGENT)
                                && Files.exists(module.resolve("pom.xml")))
                .stream()
                .map(module -> module.getFileName().toString())
                .map(name -> name.substring(0, name.length() - AGENT.length()))
                .toList();
    }

    /** A process of a module's jar, within the module's resource profile. */
    Part part(String module, Map<String, String> environment, Probe probe, String... arguments) {
        ResourceProfile profile = profile(module);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(profile.jvmOptions());
        command.addAll(List.of("-jar", jar(module).toString()));
        command.addAll(List.of(arguments));
        return new Part(module, command, environment, profile.memory(), probe);
    }

    ResourceProfile profile(String module) {
        return ResourceProfile.of(jar(module));
    }

    private Path jar(String module) {
        Path target = root.resolve(module).resolve("target");
        String name = module + "-\\d[^-]*(-SNAPSHOT)?\\.jar";
        List<Path> jars = Files.isDirectory(target)
                ? list(target, file -> file.getFileName().toString().matches(name))
                : List.of();
        if (jars.isEmpty()) {
            throw new LauncherException("No jar of " + module + " in " + target + ": build it with mvn package.");
        }
        return jars.getLast();
    }

    private static List<Path> list(Path directory, Predicate<Path> wanted) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(wanted).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
