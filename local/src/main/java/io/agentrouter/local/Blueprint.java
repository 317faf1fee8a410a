package io.agentrouter.local;

import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which processes make up the system, and how they find each other. */
class Blueprint {

    private static final String TRACES = "OTEL_";
    private static final String NO_LAME_DUCK = "0s"; // Clients have no other gateway or agent to go on to.
    private static final Set<String> MODEL = Set.of("OPENAI_API_KEY", "OPENAI_BASE_URL", "AGENT_MODEL");

    private final Modules modules;
    private final RunDirectory directory;
    private final Isolation isolation;
    private final Map<String, String> environment;
    private final int gatewayPort;
    private final int metricsPort;
    private final Redis redis;
    private final Map<String, Integer> agentPorts = new TreeMap<>();

    /** @param environment the user's */
    Blueprint(
            Modules modules,
            RunDirectory directory,
            Isolation isolation,
            Map<String, String> environment,
            int gatewayPort) {
        this.modules = modules;
        this.directory = directory;
        this.isolation = isolation;
        this.environment = environment;
        this.gatewayPort = gatewayPort;
        List<String> types = modules.agentTypes();
        List<Integer> ports = Ports.free(types.size() + 2);
        this.redis = new Redis(ports.getFirst());
        this.metricsPort = ports.getLast();
        for (int i = 0; i < types.size(); i++) {
            agentPorts.put(types.get(i), ports.get(i + 1));
        }
    }

    Part redis() {
        return redis.part(directory.state());
    }

    /** All but Redis, in the order in which they are shown. */
    List<Part> services() {
        List<Part> parts = new ArrayList<>();
        parts.add(sandbox());
        agentPorts.forEach((type, port) -> parts.add(agent(type, port)));
        parts.add(gateway());
        return parts;
    }

    private Part sandbox() {
        Map<String, String> variables = passedOn("SANDBOX_");
        variables.put("SANDBOX_SOCKET", directory.sandboxSocket().toString());
        variables.put("SANDBOX_WORKSPACES", directory.workspaces().toString());
        variables.put("SANDBOX_ISOLATION", isolation.setting());
        return modules.part("sandbox", variables, Probe.http(UnixDomainSocketAddress.of(directory.sandboxSocket())));
    }

    private Part agent(String type, int port) {
        String module = type + "-agent";
        Map<String, String> variables = passedOn("AGENT_", "MODEL_", TRACES, prefix(type));
        MODEL.forEach(name -> variables.computeIfAbsent(name, environment::get));
        variables.putAll(server(port));
        variables.put("SPRING_DATA_REDIS_URL", redis.url());
        variables.put("MALLOC_ARENA_MAX", "2"); // As in the manifest.
        variables.putIfAbsent("AGENT_LAMEDUCK", NO_LAME_DUCK);
        variables.put("AGENT_MEMORY_LIMIT", modules.profile(module).podMemory().text());
        variables.put("CODING_SANDBOX_SOCKET", directory.sandboxSocket().toString());
        variables.put("CODING_WORKSPACES", directory.workspaces().toString());
        return modules.part(module, variables, Probe.http(Ports.address(port)));
    }

    private Part gateway() {
        Map<String, String> variables = passedOn("ROUTER_", TRACES);
        variables.putAll(server(gatewayPort));
        variables.putIfAbsent("ROUTER_CLIENTS_LAMEDUCK", NO_LAME_DUCK);
        variables.put("MANAGEMENT_SERVER_ADDRESS", Ports.HOST);
        variables.put("MANAGEMENT_SERVER_PORT", Integer.toString(metricsPort));
        variables.put("SPRING_DATA_REDIS_URL", redis.url());
        // Arguments and not variables, in whose names a type with a hyphen would lose it.
        String[] uris = agentPorts.entrySet().stream()
                .map(agent ->
                        "--router.agents." + agent.getKey() + ".uri=http://" + Ports.HOST + ":" + agent.getValue())
                .toArray(String[]::new);
        return modules.part("gateway", variables, Probe.http(Ports.address(gatewayPort)), uris);
    }

    private static Map<String, String> server(int port) {
        return Map.of("SERVER_ADDRESS", Ports.HOST, "SERVER_PORT", Integer.toString(port));
    }

    private Map<String, String> passedOn(String... prefixes) {
        Map<String, String> variables = new HashMap<>();
        environment.forEach((name, value) -> {
            if (List.of(prefixes).stream().anyMatch(name::startsWith)) {
                variables.put(name, value);
            }
        });
        return variables;
    }

    private static String prefix(String type) {
        return type.replace("-", "").toUpperCase(Locale.ROOT) + "_";
    }
}
