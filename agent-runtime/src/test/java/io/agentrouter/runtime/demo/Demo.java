package io.agentrouter.runtime.demo;

import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A running demo agent on a port of its own. */
final class Demo implements AutoCloseable {

    private static final Map<String, Object> USUAL = Map.of(
            "agent.type", "demo",
            "agent.memory-limit", "64Mi",
            "agent.base-memory", "16Mi",
            "agent.memory-per-run", "12Mi",
            "agent.lame-duck", "0s",
            "server.address", "127.0.0.1");

    /** What must never be seen outside of a request to the model. */
    static final String KEY = "sk-secret-of-the-demo";

    private final ConfigurableApplicationContext context;

    private Demo(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts one that asks this model, once and no more. */
    static Demo withModel(ScriptedModelServer model, String... settings) {
        return start(Stream.concat(
                        Stream.of(
                                "model.api-key=" + KEY, "model.base-url=" + model.baseUrl(), "model.retry.attempts=1"),
                        Arrays.stream(settings))
                .toArray(String[]::new));
    }

    /** Starts one with more or other settings than the tests' usual ones, each {@code key=value}. */
    static Demo start(String... settings) {
        boolean keyless = Arrays.stream(settings).noneMatch(setting -> setting.startsWith("model.api-key"));
        Stream<String> first = keyless ? Stream.of("server.port=0", "model.api-key=") : Stream.of("server.port=0");
        return new Demo(new SpringApplicationBuilder(DemoApplication.class)
                .properties(USUAL)
                .run(Stream.concat(first, Arrays.stream(settings))
                        .map("--"::concat)
                        .toArray(String[]::new)));
    }

    URI uri(String path) {
        return URI.create(
                "http://127.0.0.1:%s%s".formatted(context.getEnvironment().getProperty("local.server.port"), path));
    }

    boolean runs() {
        return context.isActive();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    DemoAgent agent() {
        return bean(DemoAgent.class);
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }
}
