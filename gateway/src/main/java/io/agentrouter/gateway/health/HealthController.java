package io.agentrouter.gateway.health;

import java.util.Map;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code /health} for people and monitors; {@code /livez} and {@code /readyz} for Kubernetes, which depend on nothing but this process. */
@RestController
class HealthController {

    private final HealthChecks checks;
    private final ApplicationAvailability availability;

    HealthController(HealthChecks checks, ApplicationAvailability availability) {
        this.checks = checks;
        this.availability = availability;
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
        boolean accepting = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
        return answer(Health.of(accepting ? Map.of() : Map.of("drain", false)));
    }

    private static ResponseEntity<Health> answer(Health health) {
        return ResponseEntity.status(health.isOk() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType(MediaType.APPLICATION_JSON)
                .body(health);
    }
}
