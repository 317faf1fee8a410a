package io.agentrouter.gateway.endpoint;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.ServiceName;
import io.agentrouter.gateway.kubernetes.Objects;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.Disposable;

/** Follows the EndpointSlices of each type's Service. */
final class SliceEndpoints implements EndpointSource {

    private final KubernetesClient client;

    SliceEndpoints(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Disposable follow(AgentType type, Consumer<List<Pod>> pods) {
        ServiceName service = ServiceName.of(type, client.getNamespace());
        var reader = new SlicePods(service);
        return Objects.follow(
                "The endpoints of " + type.name(),
                client.discovery()
                        .v1()
                        .endpointSlices()
                        .inNamespace(service.namespace())
                        .withLabel("kubernetes.io/service-name", service.name()),
                slices -> pods.accept(reader.in(slices)));
    }
}
