package io.agentrouter.runtime.health;

import reactor.core.publisher.Mono;

/** One entry of {@code checks} in {@code GET /health}; every bean of it is asked, with a deadline. */
public interface HealthCheck {

    /** The key in {@code checks}. */
    String name();

    /** Whether it is {@code ok}; an error or silence beyond the deadline counts as {@code down}. */
    Mono<Boolean> ok();
}
