package io.agentrouter.gateway.endpoint;

import static io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.LOCK_FREE;
import static io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType.COUNT_BASED;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.BreakerSettings;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.catalog.EndpointSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.Disposable;
import reactor.core.Disposables;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
class EndpointConfiguration {

    @Bean
    EndpointSource endpointSource(EndpointSettings settings, ObjectProvider<KubernetesClient> kubernetes) {
        return switch (settings.source()) {
            case STATIC -> EndpointConfiguration::uriItself;
            case KUBERNETES -> new SliceEndpoints(kubernetes.getObject());
        };
    }

    @Bean
    CircuitBreakerRegistry breakers(EndpointSettings settings) {
        BreakerSettings breaker = settings.breaker();
        return CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .failureRateThreshold(breaker.failurePercent())
                // Its other strategy takes a lock for each run, on the event loops.
                .slidingWindow(breaker.window(), breaker.minimumRuns(), COUNT_BASED, LOCK_FREE)
                .waitDurationInOpenState(breaker.open())
                .permittedNumberOfCallsInHalfOpenState(breaker.trialRuns())
                .maxWaitDurationInHalfOpenState(breaker.trial())
                .transitionToStateAfterWaitDuration(State.CLOSED)
                .build());
    }

    @Bean
    Endpoints endpoints(
            Catalog catalog,
            EndpointSource source,
            EndpointSettings settings,
            CircuitBreakerRegistry breakers,
            JsonMapper json) {
        return new Endpoints(catalog, source, new SlotsClient(settings.slots(), json), breakers, settings);
    }

    private static Disposable uriItself(AgentType type, Consumer<List<Pod>> pods) {
        pods.accept(List.of(new Pod(new Address(type.uri(), type.name()), true, false)));
        return Disposables.disposed();
    }
}
