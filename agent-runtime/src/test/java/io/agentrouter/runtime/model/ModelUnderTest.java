package io.agentrouter.runtime.model;

import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.agent.StepResult.ModelAnswer;
import io.agentrouter.runtime.agent.Tool;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import io.agentrouter.runtime.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

/** The model adapter against a scripted server, with settings that keep tests short. */
final class ModelUnderTest implements AutoCloseable {

    static final String KEY = "sk-secret-key";

    final ScriptedModelServer server = ScriptedModelServer.start();
    final ApiKey key;
    private final ModelHttp http;
    private final OpenAiModel model;

    /** @param settings pairs of a key below {@code model.} and its value */
    ModelUnderTest(String... settings) {
        ModelProperties properties = properties(server.baseUrl(), settings);
        key = new ApiKey(properties);
        http = new ModelHttp(properties, WebClient.builder(), key);
        model = new OpenAiModel(properties, key, http, new Tracing(OpenTelemetry.noop()));
    }

    static ModelProperties properties(String baseUrl, String... settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "model.api-key",
                KEY,
                "model.base-url",
                baseUrl,
                "model.retry.first-pause",
                "20ms",
                "model.timeouts.connect",
                "500ms"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put("model." + settings[i], settings[i + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("model", ModelProperties.class);
    }

    Model model() {
        return model;
    }

    Flux<ModelEvent> ask(String question, Tool... tools) {
        return ask(question, ModelOptions.DEFAULT, tools);
    }

    Flux<ModelEvent> ask(String question, ModelOptions options, Tool... tools) {
        return model.turn(new ModelRequest(List.of(new Message.User(question)), List.of(tools), options));
    }

    /** Asks and waits for the whole answer. */
    ModelAnswer answer(String question, Tool... tools) {
        return whole(ask(question, tools));
    }

    static ModelAnswer whole(Flux<ModelEvent> events) {
        return events.ofType(ModelEvent.Answered.class)
                .single()
                .toFuture()
                .orTimeout(Duration.ofSeconds(10).toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .join()
                .answer();
    }

    @Override
    public void close() {
        http.close();
        server.close();
    }
}
