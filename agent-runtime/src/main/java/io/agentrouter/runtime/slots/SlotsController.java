package io.agentrouter.runtime.slots;

import io.agentrouter.runtime.AgentProperties;
import io.agentrouter.runtime.sse.EventStream;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** {@code GET /slots}: the free slots now, and at every change. */
@RestController
class SlotsController {

    private final Slots slots;
    private final AgentProperties properties;

    SlotsController(Slots slots, AgentProperties properties) {
        this.slots = slots;
        this.properties = properties;
    }

    @GetMapping("/slots")
    Mono<Void> watch(ServerHttpResponse response) {
        return EventStream.write(response, slots.states().map(SlotsController::json), properties.heartbeat());
    }

    private static String json(SlotState state) {
        return "{\"slots\":%d,\"free\":%d,\"draining\":%b}".formatted(state.slots(), state.free(), state.draining());
    }
}
