package io.agentrouter.runtime.health;

import io.agentrouter.runtime.AgentProperties;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** {@code GET /health} says whether the agent should get runs, {@code GET /livez} whether its process can answer at all. */
@RestController
class HealthController {

    private final List<HealthCheck> checks;
    private final List<HealthModes> modes;
    private final AgentProperties properties;
    private final HealthLog log = new HealthLog();

    HealthController(List<HealthCheck> checks, List<HealthModes> modes, AgentProperties properties) {
        this.checks = checks;
        this.modes = modes;
        this.properties = properties;
    }

    @GetMapping("/livez")
    Map<String, String> alive() {
        return Map.of("status", "ok");
    }

    @GetMapping("/health")
    Mono<ResponseEntity<Health>> health() {
        return Flux.fromIterable(checks)
                .flatMap(check -> ask(check).map(answer -> Map.entry(check.name(), answer)))
                .collectMap(Map.Entry::getKey, Map.Entry::getValue, TreeMap::new)
                .map(answers -> Health.of(answers, allModes()))
                .doOnNext(log::note)
                .map(health -> ResponseEntity.status(health.code()).body(health));
    }

    /** All checks at the same time, and none on the event loop, so that one that blocks costs its own deadline only. */
    private Mono<String> ask(HealthCheck check) {
        return Mono.defer(check::ok)
                .subscribeOn(Schedulers.boundedElastic())
                .timeout(properties.checkDeadline())
                .onErrorReturn(false)
                .defaultIfEmpty(false)
                .map(ok -> ok ? "ok" : "down");
    }

    private Set<String> allModes() {
        Set<String> all = new TreeSet<>();
        modes.forEach(source -> all.addAll(source.modes()));
        return all;
    }
}
