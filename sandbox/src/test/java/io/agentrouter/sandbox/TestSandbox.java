package io.agentrouter.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A sandbox on a socket of its own, in this process. */
public final class TestSandbox implements AutoCloseable {

    private final Path workspaces;
    private final ConfigurableApplicationContext context;
    private final SandboxClient client;

    public TestSandbox(Path directory, String... properties) {
        this.workspaces = directory.resolve("workspaces");
        Path socket = directory.resolve("socket/s.sock");
        String[] own = {"sandbox.socket=" + socket, "sandbox.workspaces=" + workspaces};
        String[] all =
                Stream.concat(Arrays.stream(own), Arrays.stream(properties)).toArray(String[]::new);
        this.context = new SpringApplicationBuilder(SandboxApplication.class)
                .properties("spring.main.register-shutdown-hook=false")
                .run(Arrays.stream(all).map(property -> "--" + property).toArray(String[]::new));
        this.client = new SandboxClient(socket);
    }

    public SandboxClient client() {
        return client;
    }

    /** Makes a workspace as an agent does. */
    public Path workspace(String name) {
        try {
            return Files.createDirectories(workspaces.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
