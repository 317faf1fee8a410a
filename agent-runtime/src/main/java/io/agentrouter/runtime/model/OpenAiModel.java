package io.agentrouter.runtime.model;

import io.agentrouter.runtime.agent.RunInput.ModelMode;
import io.agentrouter.runtime.deadline.Deadline;
import io.agentrouter.runtime.trace.Tracing;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.reactor.retry.RetryOperator;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Instant;
import reactor.core.publisher.Flux;

/** Any OpenAI-compatible server. */
final class OpenAiModel implements Model {

    private static final int AHEAD = 16;

    private final ModelProperties properties;
    private final ApiKey key;
    private final ModelHttp http;
    private final Tracing tracing;

    OpenAiModel(ModelProperties properties, ApiKey key, ModelHttp http, Tracing tracing) {
        this.properties = properties;
        this.key = key;
        this.http = http;
        this.tracing = tracing;
    }

    @Override
    public ModelMode mode() {
        if (key.current().isPresent()) {
            return ModelMode.LIVE;
        }
        if (properties.required()) {
            throw ModelFailure.noKey().reported();
        }
        return ModelMode.OFFLINE;
    }

    @Override
    public Flux<ModelEvent> turn(ModelRequest request) {
        Flux<ModelEvent> attempts = Flux.defer(() -> attempt(request))
                .transformDeferred(turn -> RetryOperator.<ModelEvent>of(retry()).apply(turn));
        return Deadline.of(attempts, properties.timeouts().total(), this::tooLong)
                .onErrorMap(ModelFailure.class, ModelFailure::reported);
    }

    private Flux<ModelEvent> attempt(ModelRequest request) {
        if (key.current().isEmpty()) {
            return Flux.error(ModelFailure.noKey());
        }
        Exchange exchange = new Exchange(properties, request);
        Flux<ModelEvent> events = Patience.with(properties.timeouts(), http.post(exchange.body()))
                .concatMapIterable(exchange::read, AHEAD)
                .concatWith(Flux.defer(() -> Flux.fromIterable(exchange.finish())))
                .onErrorMap(
                        error -> !(error instanceof ModelFailure), error -> ModelFailure.connection(exchange.begun()));
        return ChatSpan.around(tracing, properties, request, exchange::response, events);
    }

    private ModelFailure tooLong() {
        return ModelFailure.silent("model.timeouts.total", properties.timeouts().total());
    }

    private Retry retry() {
        ModelProperties.Retries budget = properties.retry();
        Instant last = Instant.now().plus(budget.within());
        IntervalFunction pauses = IntervalFunction.ofExponentialRandomBackoff(budget.firstPause(), 2.0, 0.5);
        return Retry.of(
                "model",
                RetryConfig.<ModelEvent>custom()
                        .maxAttempts(budget.attempts())
                        .retryOnException(error -> error instanceof ModelFailure failure
                                && failure.retriable()
                                && Instant.now().plus(failure.retryAfter()).isBefore(last))
                        .intervalBiFunction(
                                (attempt, outcome) -> Math.max(pauses.apply(attempt), asked(outcome.getLeft())))
                        .build());
    }

    private static long asked(Throwable error) {
        return error instanceof ModelFailure failure ? failure.retryAfter().toMillis() : 0;
    }
}
