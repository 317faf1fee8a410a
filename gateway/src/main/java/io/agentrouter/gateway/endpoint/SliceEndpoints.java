package io.agentrouter.gateway.endpoint;

import io.agentrouter.gateway.catalog.AgentType;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the EndpointSlices of each type's Service. While the API server is away, what it said last stands. */
final class SliceEndpoints implements EndpointSource {

    private static final Logger log = LoggerFactory.getLogger(SliceEndpoints.class);

    private final KubernetesClient client;

    SliceEndpoints(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public void follow(AgentType type, Consumer<List<Pod>> pods) {
        ServiceName service = ServiceName.of(type, client.getNamespace());
        SharedIndexInformer<EndpointSlice> informer = client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(service.namespace())
                .withLabel("kubernetes.io/service-name", service.name())
                .runnableInformer(0);
        var reader = new SlicePods(service);
        informer.addEventHandler(
                new Changes(() -> pods.accept(reader.in(informer.getStore().list()))));
        informer.exceptionHandler((started, error) -> {
            log.warn("The endpoints of {} cannot be read, trying again: {}", type.name(), error.getMessage());
            return true;
        });
        informer.start();
    }

    /** Ends the informers as well. */
    @Override
    public void close() {
        client.close();
    }

    /** Whatever happens to a slice, all of them are read again. */
    private record Changes(Runnable read) implements ResourceEventHandler<EndpointSlice> {

        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            read.run();
        }

        @Override
        public void onAdd(EndpointSlice slice) {
            read.run();
        }

        @Override
        public void onUpdate(EndpointSlice before, EndpointSlice slice) {
            read.run();
        }

        @Override
        public void onDelete(EndpointSlice slice, boolean unknown) {
            read.run();
        }
    }
}
