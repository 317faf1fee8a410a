package io.agentrouter.gateway.endpoint;

import static java.util.Comparator.comparing;

import io.agentrouter.gateway.catalog.ServiceName;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the EndpointSlices of one Service as its API documents them (discovery.k8s.io/v1). */
final class SlicePods {

    private final ServiceName service;

    SlicePods(ServiceName service) {
        this.service = service;
    }

    /** Each pod once, though it may stand in several slices: while it moves between them, and once for each IP family. */
    List<Pod> in(Collection<EndpointSlice> slices) {
        Map<String, Pod> pods = new LinkedHashMap<>();
        slices.stream()
                // The same address of a pod every time; that of IPv4, where it has both.
                .sorted(comparing(EndpointSlice::getAddressType)
                        .thenComparing(slice -> slice.getMetadata().getName()))
                .flatMap(this::in)
                .forEach(pod -> pods.merge(pod.address().pod(), pod, SlicePods::same));
        return List.copyOf(pods.values());
    }

    /** One slice may lag behind the other. A pod that terminates does so for good. */
    private static Pod same(Pod one, Pod other) {
        return new Pod(one.address(), one.ready() || other.ready(), one.terminating() || other.terminating());
    }

    private Stream<Pod> in(EndpointSlice slice) {
        OptionalInt port = port(orNone(slice.getPorts()));
        if (port.isEmpty() || !slice.getAddressType().startsWith("IP")) {
            return Stream.empty();
        }
        return orNone(slice.getEndpoints()).stream()
                .filter(endpoint -> !endpoint.getAddresses().isEmpty())
                // The others are the same pod's, and of no meaning to anyone.
                .map(endpoint -> pod(
                        uri(endpoint.getAddresses().getFirst(), port.getAsInt()),
                        endpoint.getTargetRef(),
                        endpoint.getConditions()));
    }

    /** Of a Service without pods the API server says null for both lists. */
    private static <T> List<T> orNone(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    /** What is not said counts as ready, and as not terminating. */
    private static Pod pod(URI uri, @Nullable ObjectReference pod, @Nullable EndpointConditions conditions) {
        return new Pod(
                new Address(uri, pod == null ? uri.getAuthority() : pod.getName()),
                conditions == null || !Boolean.FALSE.equals(conditions.getReady()),
                conditions != null && Boolean.TRUE.equals(conditions.getTerminating()));
    }

    private static URI uri(String address, int port) {
        return URI.create("http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + port);
    }

    /** Slices have the pods' ports by the names of the Service's: the only one, or the one named {@code http}, or the uri's number. */
    private OptionalInt port(List<EndpointPort> ports) {
        if (ports.isEmpty()) {
            return OptionalInt.of(service.port());
        }
        Stream<EndpointPort> fitting = ports.size() == 1
                ? ports.stream()
                : Stream.concat(
                        ports.stream().filter(port -> "http".equals(port.getName())),
                        ports.stream().filter(port -> Objects.equals(port.getPort(), service.port())));
        return fitting.map(port -> Objects.requireNonNullElse(port.getPort(), service.port()))
                .mapToInt(Integer::intValue)
                .findFirst();
    }
}
