package io.agentrouter.sandbox.http;

import io.agentrouter.sandbox.isolation.Tools;
import io.agentrouter.sandbox.isolation.Walls;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /health} and {@code GET /livez}. */
@RestController
class HealthController {

    /**
     * The shape of the agents' health, and what commands find here.
     *
     * @param modes what is switched off or unusual
     * @param separates what the isolation keeps apart: {@code files}, {@code processes}, {@code network}
     * @param tools programs that commands may use
     */
    record Health(
            String status,
            Map<String, String> checks,
            List<String> modes,
            String isolation,
            List<String> separates,
            List<String> tools) {}

    private final Health health;

    HealthController(Walls walls, Tools tools) {
        List<String> modes = switch (walls.mode()) {
            case "off" -> List.of("exec-off");
            case "unsafe" -> List.of("exec-unsafe");
            default -> List.of();
        };
        this.health = new Health("ok", Map.of(), modes, walls.mode(), walls.separates(), tools.names());
    }

    @GetMapping("/health")
    Health health() {
        return health;
    }

    @GetMapping("/livez")
    Map<String, String> alive() {
        return Map.of("status", "ok");
    }
}
