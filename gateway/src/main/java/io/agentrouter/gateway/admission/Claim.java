package io.agentrouter.gateway.admission;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.problem.ProblemException;
import io.agentrouter.gateway.tenant.Tenant;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What a request asks for.
 *
 * @param type a slot of which agent type
 * @param tenant for whom
 * @param priority inside that tenant
 * @param patience how long its client would wait; null if it does not say
 * @param held bytes of its body that are held while it waits; -1 if it cannot wait, since its body has begun to pass
 */
public record Claim(
        AgentType type,
        Tenant tenant,
        Priority priority,
        @Nullable Duration patience,
        long held) {

    /**
     * As a request's headers say.
     *
     * @throws ProblemException {@code invalid_priority}
     */
    public static Claim of(HttpHeaders headers, AgentType type, Tenant tenant, long held) {
        return new Claim(
                type, tenant, Priority.of(headers), Patience.of(headers).orElse(null), held);
    }

    boolean canWait() {
        return held >= 0;
    }

    /** The least of what the client would wait and what the type allows. */
    Duration longestWait(boolean anyPod) {
        Duration cap = anyPod ? type.queue().maxWait() : type.queue().maxWake();
        return Stream.of(cap, type.timeouts().total(), patience == null ? cap : patience)
                .min(Duration::compareTo)
                .orElse(cap);
    }
}
