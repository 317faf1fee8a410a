package io.agentrouter.sandbox.isolation;

import io.agentrouter.sandbox.posix.Posix;
import io.agentrouter.sandbox.settings.IsolationMode;
import io.agentrouter.sandbox.settings.PrivateDirectory;
import io.agentrouter.sandbox.settings.SandboxProperties;
import io.agentrouter.sandbox.workspace.Deletion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finds out, by trying, which isolation holds on this machine. */
@Configuration(proxyBeanMethods = false)
class WallsConfiguration {

    private static final Logger log = LoggerFactory.getLogger(WallsConfiguration.class);
    private static final Duration PROBE = Duration.ofSeconds(10);

    @Bean
    Walls walls(SandboxProperties properties, PrivateDirectory directory) throws IOException, InterruptedException {
        Walls walls = switch (properties.isolation()) {
            case AUTO -> bubblewrap(properties, directory);
            case BUBBLEWRAP -> required(bubblewrap(properties, directory));
            case CONTAINER -> container(properties, directory);
            case UNSAFE -> unsafe(properties, directory);
            case OFF -> new Walls(Optional.empty(), "Running commands is switched off (sandbox.isolation=off).");
        };
        log.info("isolation: {}. {}", walls.mode(), walls.reason());
        return walls;
    }

    private static Walls container(SandboxProperties properties, PrivateDirectory directory)
            throws IOException, InterruptedException {
        Posix.hideMemory();
        Optional<Confinement> confinement =
                Confinement.where(Mount.parse(properties.readOnlyMounts()), properties.ports());
        String between = confinement
                .map(walls -> "between commands Landlock separates " + String.join(", ", walls.separates()) + ".")
                .orElse("nothing separates commands from each other, since this kernel has no Landlock.");
        InPlace container = new InPlace("container", properties, directory, confinement);
        probe(container, directory, "setsid, nice or prlimit is not installed (packages coreutils and util-linux)")
                .ifPresent(reason -> {
                    throw new IllegalStateException("The sandbox's image runs no commands: " + reason);
                });
        return new Walls(Optional.of(container), "This container is the wall around all commands; " + between);
    }

    private static Walls unsafe(SandboxProperties properties, PrivateDirectory directory) throws IOException {
        return new Walls(
                Optional.of(new InPlace("unsafe", properties, directory, Optional.empty())),
                "Commands run WITHOUT any wall, as was asked for.");
    }

    private static Walls required(Walls walls) {
        if (walls.isolation().isEmpty()) {
            throw new IllegalStateException(
                    "sandbox.isolation is " + IsolationMode.BUBBLEWRAP + ", but: " + walls.reason());
        }
        return walls;
    }

    private static Walls bubblewrap(SandboxProperties properties, PrivateDirectory directory)
            throws IOException, InterruptedException {
        Bubblewrap bubblewrap =
                new Bubblewrap(properties, Posix.user() == 0, new BubblewrapView(properties, users(directory)));
        Optional<String> failure =
                probe(bubblewrap, directory, "bwrap is not installed (package bubblewrap, 0.8 or newer)");
        return failure.map(reason -> new Walls(Optional.empty(), "Bubblewrap does not work here: " + reason))
                .orElseGet(() -> new Walls(
                        Optional.of(bubblewrap), "Each command runs in namespaces of its own, without network."));
    }

    /** The user database that commands see: their own user and no other. */
    private static Path users(PrivateDirectory parent) throws IOException {
        Path directory = Files.createDirectories(parent.path().resolve("users"));
        Files.writeString(
                directory.resolve("passwd"),
                "sandbox:x:1000:1000::/tmp:/bin/sh\nnobody:x:65534:65534::/nonexistent:/usr/sbin/nologin\n");
        Files.writeString(directory.resolve("group"), "sandbox:x:1000:\nnogroup:x:65534:\n");
        return directory;
    }

    /** Not beside the workspaces: an agent that starts meanwhile removes there what it did not make. */
    private static Optional<String> probe(Isolation isolation, PrivateDirectory parent, String missing)
            throws IOException, InterruptedException {
        Path workspace = Files.createDirectories(parent.path().resolve("probe"));
        Job job = new Job("first-command", workspace, Path.of(""), List.of("true"), PROBE);
        try {
            Process process = isolation.start(
                    job, builder -> builder.redirectErrorStream(true).start());
            if (!process.waitFor(PROBE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.of("a first command did not end in " + PROBE.toSeconds() + " s.");
            }
            byte[] output = process.getInputStream().readNBytes(1000);
            return process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(new String(output, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            return Optional.of(missing + ": " + e.getMessage());
        } finally {
            Files.deleteIfExists(workspace);
            Optional<Path> temporary = isolation.temporary(job);
            if (temporary.isPresent()) {
                Deletion.of(temporary.get());
            }
        }
    }
}
