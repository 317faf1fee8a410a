package io.agentrouter.coding;

import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole application on a port of its own, in this process and without Redis. */
final class RunningAgent implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private RunningAgent(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts one offline and without a sandbox, unless settings, each {@code key=value}, say else. */
    static RunningAgent start(Path workspaces, String... settings) {
        Stream<String> usual = Stream.of(
                "server.port=0",
                "server.address=127.0.0.1",
                "agent.lame-duck=0s",
                "model.api-key=",
                "coding.workspaces=" + workspaces);
        return new RunningAgent(new SpringApplicationBuilder(CodingAgentApplication.class)
                .run(Stream.concat(usual, Stream.of(settings)).map("--"::concat).toArray(String[]::new)));
    }

    AgentClient client() {
        return new AgentClient(
                URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port")));
    }

    @Override
    public void close() {
        context.close();
    }
}
