package io.agentrouter.gateway.route;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.LongStream;

/** What requests did, by agent type: how they ended, how long they took and waited, and how their streams flowed. */
final class RequestMeters {

    private static final long[] REQUEST_MILLIS = {
        50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000
    };
    private static final long[] TOKEN_MILLIS = {5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 15_000};

    private final MeterProvider<Timer> requests;
    private final MeterProvider<Timer> waits;
    private final MeterProvider<Timer> firstTokens;
    private final MeterProvider<Timer> nextTokens;
    private final MeterProvider<Counter> retries;

    RequestMeters(MeterRegistry registry) {
        requests = timer(registry, "agentrouter.requests", "Requests from arrival to their end.", REQUEST_MILLIS);
        waits = timer(registry, "agentrouter.wait", "How long requests waited for a slot.", REQUEST_MILLIS);
        firstTokens = timer(
                registry,
                "agentrouter.ttft",
                "Time to first token: from a request's arrival to the first piece of its streamed answer with generated content.",
                REQUEST_MILLIS);
        nextTokens = timer(
                registry,
                "agentrouter.itl",
                "Inter-token latency: between two pieces of a streamed answer from the first token on, comments left out.",
                TOKEN_MILLIS);
        retries = Counter.builder("agentrouter.retries")
                .description("Attempts after a request's first, by why the one before did not begin.")
                .withRegistry(registry);
    }

    /** Counts a request that has ended. */
    void ended(Ended request) {
        String type = request.type().orElse("none");
        Integer status = request.status();
        requests.withTags(
                        "type",
                        type,
                        "outcome",
                        request.outcome(),
                        "status",
                        status == null ? "none" : status.toString())
                .record(request.took());
        request.waited().ifPresent(waited -> waits.withTag("type", type).record(waited));
    }

    /** Counts a pod that is asked since the one before did not begin. */
    void retried(AgentCall call, NotBegun why) {
        retries.withTags("type", call.type().name(), "reason", why.reason().word())
                .increment();
    }

    /** Times the tokens of a streamed answer; takes each piece as it passes. */
    TokenTimes tokens(AgentCall call, RequestTrace trace) {
        return new TokenTimes(
                firstTokens.withTag("type", call.type().name()),
                nextTokens.withTag("type", call.type().name()),
                trace.arrival());
    }

    private static MeterProvider<Timer> timer(MeterRegistry registry, String name, String description, long[] millis) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(
                        LongStream.of(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new))
                .withRegistry(registry);
    }
}
