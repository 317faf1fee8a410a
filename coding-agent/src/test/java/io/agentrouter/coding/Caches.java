package io.agentrouter.coding;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What this machine has of the languages' libraries, mounted into the sandbox as its operator would do it. */
final class Caches {

    private Caches() {}

    /** The sandbox's properties. */
    static String[] mounted() throws IOException {
        List<String> mounts = new ArrayList<>();
        List<String> properties = new ArrayList<>();
        Path maven =
                Path.of(System.getProperty("maven.repo.local", System.getProperty("user.home") + "/.m2/repository"));
        if (Files.isDirectory(maven)) {
            mounts.add(maven + ":/opt/maven-repository");
            properties.add("environment.MAVEN_OPTS=-Dmaven.repo.local=/opt/maven-repository");
        }
        pytest().ifPresent(python -> {
            mounts.add(python + ":/opt/python");
            properties.add("environment.PYTHONPATH=/opt/python");
        });
        properties.add("read-only-mounts=" + String.join(",", mounts));
        return properties.toArray(String[]::new);
    }

    private static Optional<Path> pytest() throws IOException {
        Process process = new ProcessBuilder("python3", "-c", "import pytest; print(pytest.__file__)")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String file = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(Path.of(file).resolve("../..").normalize());
    }
}
