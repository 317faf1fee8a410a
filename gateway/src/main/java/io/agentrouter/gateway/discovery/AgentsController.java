package io.agentrouter.gateway.discovery;

import io.agentrouter.gateway.admission.Admission;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.catalog.Resources;
import io.agentrouter.gateway.endpoint.Endpoints;
import io.agentrouter.gateway.health.Health;
import io.agentrouter.gateway.health.HealthChecks;
import io.agentrouter.gateway.health.SystemHealth;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The agent types, for people who choose one. */
@RestController
class AgentsController {

    private final Catalog catalog;
    private final HealthChecks checks;
    private final Endpoints endpoints;
    private final Admission admission;

    AgentsController(Catalog catalog, HealthChecks checks, Endpoints endpoints, Admission admission) {
        this.catalog = catalog;
        this.checks = checks;
        this.endpoints = endpoints;
        this.admission = admission;
    }

    @GetMapping("/agents")
    Mono<ResponseEntity<Agents>> agents() {
        return checks.latest()
                .map(this::list)
                .map(agents -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(agents));
    }

    private Agents list(SystemHealth health) {
        return new Agents(
                catalog.types().stream()
                        .map(type -> new Entry(
                                type.name(),
                                type.description(),
                                type.resources(),
                                Load.of(endpoints.usable(type), admission.state(type)),
                                health.agents().getOrDefault(type.name(), Health.UNREACHABLE)))
                        .toList(),
                catalog.problems());
    }

    /**
     * What clients may choose from.
     *
     * @param problems what was told last of types and does not count, since it is wrong
     */
    record Agents(List<Entry> agents, List<String> problems) {}

    record Entry(String type, String description, Resources resources, Load load, Health health) {}
}
