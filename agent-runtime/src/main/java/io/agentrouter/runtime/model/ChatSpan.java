package io.agentrouter.runtime.model;

import dev.langchain4j.model.chat.response.ChatResponse;
import io.agentrouter.runtime.agent.StepResult.ModelAnswer;
import io.agentrouter.runtime.trace.GenAi;
import io.agentrouter.runtime.trace.Tracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.semconv.ServerAttributes;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The span of one call to the model. */
final class ChatSpan {

    private static final String CHAT = "chat";

    private ChatSpan() {}

    /** @param response what LangChain4j made of the answer, once it is there */
    static Flux<ModelEvent> around(
            Tracing tracing,
            ModelProperties properties,
            ModelRequest request,
            Supplier<@Nullable ChatResponse> response,
            Flux<ModelEvent> events) {
        return tracing.around(
                CHAT + " " + properties.name(),
                SpanKind.CLIENT,
                attributes(properties, request),
                span -> events.doOnNext(event -> {
                            if (event instanceof ModelEvent.Answered(ModelAnswer answer)) {
                                answered(span, answer, response.get());
                            }
                        })
                        .doOnError(
                                ModelFailure.class,
                                failure ->
                                        Tracing.failed(span, failure.reported().code())));
    }

    private static Attributes attributes(ModelProperties properties, ModelRequest request) {
        URI server = properties.baseUrl();
        var attributes = Attributes.builder()
                .put(GenAi.OPERATION, CHAT)
                .put(GenAi.PROVIDER, "openai")
                .put(GenAi.REQUEST_MODEL, properties.name())
                .put(ServerAttributes.SERVER_ADDRESS, server.getHost());
        if (server.getPort() >= 0) {
            attributes.put(ServerAttributes.SERVER_PORT, (long) server.getPort());
        }
        Integer maxTokens = request.options().maxTokens();
        if (maxTokens != null) {
            attributes.put(GenAi.MAX_TOKENS, maxTokens.longValue());
        }
        return attributes.build();
    }

    private static void answered(Span span, ModelAnswer answer, @Nullable ChatResponse response) {
        span.setAttribute(GenAi.FINISH_REASONS, List.of(answer.reason().name().toLowerCase(Locale.ROOT)));
        span.setAttribute(GenAi.INPUT_TOKENS, answer.usage().prompt());
        span.setAttribute(GenAi.OUTPUT_TOKENS, answer.usage().completion());
        if (response != null) {
            span.setAttribute(GenAi.RESPONSE_ID, response.id());
            span.setAttribute(GenAi.RESPONSE_MODEL, response.modelName());
        }
    }
}
