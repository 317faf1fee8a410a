package io.agentrouter.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** This repository, as it was built. */
public final class Repository {

    public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** The java of the JDK that runs the tests. */
    public static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private Repository() {}

    public static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies what git knows, and what it does not yet know, but nothing that was built. */
    public static void copySources(Path target) {
        String files = Shell.run(ROOT, List.of("git", "ls-files", "--cached", "--others", "--exclude-standard"))
                .orFail();
        try {
            for (String file : files.lines()
                    .filter(file -> Files.exists(ROOT.resolve(file)))
                    .toList()) {
                Files.createDirectories(target.resolve(file).getParent());
                Files.copy(ROOT.resolve(file), target.resolve(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jar that {@code mvn package} made of a module, the one that runs. */
    public static Path jar(String module) {
        try (Stream<Path> files = Files.list(ROOT.resolve(module).resolve("target"))) {
            List<Path> jars = files.filter(
                            file -> file.getFileName().toString().matches(module + "-\\d[^-]*(-SNAPSHOT)?\\.jar"))
                    .sorted()
                    .toList();
            return jars.getLast();
        } catch (IOException e) {
            throw new UncheckedIOException("no jar of " + module + ": run mvn verify, not mvn test", e);
        }
    }
}
