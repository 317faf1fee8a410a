package io.agentrouter.gateway.health;

import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.endpoint.Endpoints;
import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * {@code /health} for people and monitors. {@code /livez} for Kubernetes, which depends on nothing but this process, and
 * {@code /readyz}, which needs to have heard once where the agents are: such a gateway must not replace one that knows.
 */
@RestController
class HealthController {

    private final HealthChecks checks;
    private final ApplicationAvailability availability;
    private final Catalog catalog;
    private final Endpoints endpoints;

    HealthController(HealthChecks checks, ApplicationAvailability availability, Catalog catalog, Endpoints endpoints) {
        this.checks = checks;
        this.availability = availability;
        this.catalog = catalog;
        this.endpoints = endpoints;
    }

    @GetMapping("/health")
    Mono<ResponseEntity<Health>> health() {
        return checks.latest().map(SystemHealth::summary).map(HealthController::answer);
    }

    @GetMapping("/livez")
    ResponseEntity<Health> livez() {
        return answer(Health.of(Map.of()));
    }

    @GetMapping("/readyz")
    ResponseEntity<Health> readyz() {
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            return answer(Health.of(Map.of("drain", false)));
        }
        return answer(Health.of(catalog.isComplete() && endpoints.wereKnown() ? Map.of() : Map.of("endpoints", false)));
    }

    private static ResponseEntity<Health> answer(Health health) {
        return ResponseEntity.status(health.isOk() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType(MediaType.APPLICATION_JSON)
                .body(health);
    }
}
