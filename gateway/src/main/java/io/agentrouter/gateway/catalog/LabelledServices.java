package io.agentrouter.gateway.catalog;

import static java.util.Comparator.comparing;

import io.agentrouter.gateway.catalog.Catalog.Told;
import io.agentrouter.gateway.kubernetes.Objects;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.env.MapPropertySource;
import reactor.core.Disposable;

/**
 * The Services of the gateway's namespace that are labelled {@code agent-router/type: <name>}, each an agent type. Their
 * annotations are the settings: {@code agent-router/timeouts.total: 5m} is {@code router.agents.<name>.timeouts.total}.
 */
final class LabelledServices implements AutoCloseable {

    private static final String LABEL = "agent-router/type";
    private static final String PREFIX = "agent-router/";

    private final Catalog catalog;
    private final TypeReader reader;
    private final Disposable following;
    private Map<String, AgentType> types = Map.of();

    /** Tells the catalog of them from now on. */
    LabelledServices(Catalog catalog, TypeReader reader, KubernetesClient client) {
        this.catalog = catalog;
        this.reader = reader;
        this.following = Objects.follow(
                "The Services labelled " + LABEL,
                client.services().inNamespace(client.getNamespace()).withLabel(LABEL),
                this::read);
    }

    @Override
    public void close() {
        following.dispose();
    }

    /** What is wrong with one leaves its type as it was, and the others alone. */
    private synchronized void read(List<Service> services) {
        var now = new TreeMap<String, AgentType>();
        List<String> problems = new ArrayList<>();
        services.stream()
                // Whoever was first keeps the name.
                .sorted(comparing((Service service) -> service.getMetadata().getCreationTimestamp())
                        .thenComparing(service -> service.getMetadata().getName()))
                .forEach(service -> read(service, now, problems));
        types = now;
        catalog.tell(Catalog.Origin.SERVICES, new Told(types, List.copyOf(problems)));
    }

    private void read(Service service, Map<String, AgentType> now, List<String> problems) {
        String type = service.getMetadata().getLabels().getOrDefault(LABEL, "");
        try {
            if (now.containsKey(type)) {
                throw new IllegalArgumentException("another Service is labelled " + type);
            }
            now.put(type, type(type, service));
        } catch (RuntimeException wrong) {
            BindProblems.of(wrong)
                    .forEach(problem ->
                            problems.add("Service " + service.getMetadata().getName() + ": " + problem));
            AgentType before = types.get(type);
            if (before != null) {
                now.putIfAbsent(type, before);
            }
        }
    }

    private AgentType type(String name, Service service) {
        if (!name.matches(RouterProperties.TYPE_NAME)) {
            throw new IllegalArgumentException(LABEL + " " + RouterProperties.TYPE_NAME_RULE);
        }
        Map<String, Object> settings = new HashMap<>();
        settings.put(
                "description", "The agents of Service " + service.getMetadata().getName() + ".");
        Map<String, String> annotations = service.getMetadata().getAnnotations();
        (annotations == null ? Map.<String, String>of() : annotations).forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                settings.put(key.substring(PREFIX.length()), value);
            }
        });
        settings.put("uri", "http://" + service.getMetadata().getName() + ":" + port(service));
        Map<String, Object> keys = new HashMap<>();
        settings.forEach((key, value) -> keys.put("router.agents." + name + "." + key, value));
        return reader.one(
                name, new MapPropertySource("Service " + service.getMetadata().getName(), keys));
    }

    private static int port(Service service) {
        List<ServicePort> ports = service.getSpec().getPorts();
        return ports.stream()
                .filter(port -> "http".equals(port.getName()))
                .findFirst()
                .or(() -> ports.stream().findFirst())
                .map(ServicePort::getPort)
                .orElse(80);
    }
}
