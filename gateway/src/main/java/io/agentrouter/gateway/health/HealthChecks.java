package io.agentrouter.gateway.health;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.catalog.DiscoveryLimits;
import io.agentrouter.gateway.endpoint.Endpoint;
import io.agentrouter.gateway.endpoint.Endpoints;
import io.agentrouter.gateway.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks every part at once, on behalf of everyone who wants to know at that time. */
@Component
public class HealthChecks {

    private final Catalog catalog;
    private final RedisProbe redis;
    private final AgentProbe agents;
    private final Endpoints endpoints;
    private final DiscoveryLimits limits;
    private final Semaphore waiting;
    private final Mono<SystemHealth> latest;

    HealthChecks(Catalog catalog, RedisProbe redis, AgentProbe agents, Endpoints endpoints, DiscoveryLimits limits) {
        this.catalog = catalog;
        this.redis = redis;
        this.agents = agents;
        this.endpoints = endpoints;
        this.limits = limits;
        this.waiting = new Semaphore(limits.maxWaiting());
        // One round of questions at a time, however many ask.
        this.latest = Mono.defer(this::askAll).cache(limits.checkAge());
    }

    /**
     * How the parts are now, or were within the last {@code check-age}.
     *
     * @return fails with {@code discovery_busy} when too many are waiting for it
     */
    public Mono<SystemHealth> latest() {
        return Mono.defer(() -> {
            if (!waiting.tryAcquire()) {
                return Mono.error(ProblemException.refused(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "discovery_busy",
                        Duration.ofSeconds(1),
                        "Too many requests wait to hear how the agents are; try again."));
            }
            return latest.doFinally(end -> waiting.release());
        });
    }

    private Mono<SystemHealth> askAll() {
        var answers = Flux.fromIterable(catalog.types())
                .flatMap(type -> ask(type).map(health -> new Answer(type, health)))
                .collectMap(answer -> answer.type().name(), Answer::health);
        return Mono.zip(redis.ask(), answers, SystemHealth::new);
    }

    /** A type is as well as the best of the pods that are asked. */
    private Mono<Health> ask(AgentType type) {
        List<Endpoint> pods = new ArrayList<>(endpoints.usable(type));
        Collections.shuffle(pods);
        return Flux.fromIterable(pods)
                .take(limits.maxPods())
                .flatMap(agents::ask)
                .takeUntil(Health::isOk)
                .reduce(
                        Health.UNREACHABLE,
                        (best, next) -> next.isOk() || best.equals(Health.UNREACHABLE) ? next : best);
    }

    private record Answer(AgentType type, Health health) {}
}
