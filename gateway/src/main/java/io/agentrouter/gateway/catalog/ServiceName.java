package io.agentrouter.gateway.catalog;

import java.net.URI;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The Service that the uri of a type names.
 *
 * @param name without its namespace
 * @param namespace the uri's, or that of the gateway's own pod
 * @param port the uri's, or 80
 */
public record ServiceName(String name, String namespace, int port) {

    /**
     * From {@code http://name}, {@code http://name.namespace} or {@code http://name.namespace.svc.cluster.local}, each
     * with or without a port.
     *
     * @throws InvalidConfigurationPropertyValueException which names the type's key, if it is none of these
     */
    public static ServiceName of(AgentType type, String ownNamespace) {
        URI uri = type.uri();
        String[] parts = uri.getHost() == null ? new String[0] : uri.getHost().split("\\.", -1);
        boolean named = parts.length > 2 ? parts[2].equals("svc") : parts.length > 0;
        if (!named || uri.getHost().startsWith("[") || !uri.getScheme().equals("http")) {
            throw new InvalidConfigurationPropertyValueException(
                    "router.agents." + type.name() + ".uri",
                    uri,
                    "With router.endpoints.source=kubernetes it has to name a Service, such as http://qa-agent or"
                            + " http://qa-agent.ai-agents.svc.cluster.local.");
        }
        return new ServiceName(
                parts[0], parts.length == 1 ? ownNamespace : parts[1], uri.getPort() < 0 ? 80 : uri.getPort());
    }
}
