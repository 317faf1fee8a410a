package io.agentrouter.gateway.health;

import java.util.Map;
import java.util.TreeMap;

/**
 * How the parts behind the gateway are.
 *
 * @param redis whether Redis answers
 * @param agents the health of each agent type, by name
 */
public record SystemHealth(boolean redis, Map<String, Health> agents) {

    /** One check for Redis and one for each agent type. */
    Health summary() {
        var checks = new TreeMap<String, Boolean>();
        agents.forEach((name, health) -> checks.put(name, health.isOk()));
        checks.put("redis", redis);
        return Health.of(checks);
    }
}
