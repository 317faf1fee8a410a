package io.agentrouter.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.agentrouter.gateway.catalog.ServiceName;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicePodsTest {

    private final SlicePods reader = new SlicePods(new ServiceName("qa-agent", "ai-agents", 8000));

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            true,  true,  false, true,  false
            false, false, false, false, false
            -,     -,     -,     true,  false
            false, true,  true,  false, true
            true,  true,  true,  true,  true
            """)
    void conditions_areReadAsTheApiDocumentsThem(
            @Nullable Boolean ready,
            @Nullable Boolean serving,
            @Nullable Boolean terminating,
            boolean isReady,
            boolean isTerminating) {
        EndpointSlice slice = slice("a", "IPv4")
                .withPorts(http(8000))
                .addNewEndpoint()
                .withAddresses("10.0.0.1")
                .withNewConditions(ready, serving, terminating)
                .withNewTargetRef()
                .withName("qa-1")
                .endTargetRef()
                .endEndpoint()
                .build();
        assertThat(reader.in(List.of(slice)))
                .containsExactly(
                        new Pod(new Address(URI.create("http://10.0.0.1:8000"), "qa-1"), isReady, isTerminating));
    }

    @Test
    void noConditions_andNoPod_countAsReady() {
        EndpointSlice slice = slice("a", "IPv4")
                .withPorts(http(80))
                .addNewEndpoint()
                .withAddresses("10.0.0.1", "10.0.0.2")
                .endEndpoint()
                .build();
        assertThat(reader.in(List.of(slice)))
                .containsExactly(new Pod(new Address(URI.create("http://10.0.0.1:80"), "10.0.0.1:80"), true, false));
    }

    /** As an API server writes the slice of a Deployment that was scaled to zero. */
    @Test
    void serviceWithoutPods_hasNone() {
        EndpointSlice slice = new KubernetesSerialization().unmarshal("""
                {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"a"},
                 "addressType":"IPv4","endpoints":null,"ports":null}
                """, EndpointSlice.class);
        assertThat(reader.in(List.of(slice))).isEmpty();
    }

    @Test
    void podInSeveralSlices_isOne_andTerminatesIfOneSaysSo() {
        assertThat(reader.in(List.of(
                        of("a", "IPv4", "10.0.0.1", "qa-1", false),
                        of("b", "IPv4", "10.0.0.2", "qa-2", false),
                        of("c", "IPv4", "10.0.0.1", "qa-1", true))))
                .extracting(Pod::address, Pod::terminating)
                .containsExactly(
                        tuple(new Address(URI.create("http://10.0.0.1:8000"), "qa-1"), true),
                        tuple(new Address(URI.create("http://10.0.0.2:8000"), "qa-2"), false));
    }

    @Test
    void podOfBothFamilies_isOne_ipv6AloneIsBracketed_namesAreLeftOut() {
        assertThat(reader.in(List.of(
                        of("a", "IPv6", "fd00::1", "qa-1", false),
                        of("b", "IPv4", "10.0.0.1", "qa-1", false),
                        of("c", "IPv6", "fd00::2", "qa-2", false),
                        of("d", "FQDN", "qa.example.org", "qa-3", false))))
                .extracting(pod -> pod.address().uri().toString())
                .containsExactly("http://10.0.0.1:8000", "http://[fd00::2]:8000");
    }

    @Test
    void port_isTheOnlyOne_elseHttp_elseTheNumberOfTheUri() {
        assertThat(port(http(9))).isEqualTo(9);
        assertThat(port(named("web", 9))).isEqualTo(9);
        assertThat(port(named("web", 8000), http(9))).isEqualTo(9);
        assertThat(port(named("web", 9), named("api", 8000))).isEqualTo(8000);
        assertThat(port(named("web", 9), named("api", 10))).isNull();
        assertThat(port(named("web", null))).isEqualTo(8000);
        assertThat(port()).isEqualTo(8000);
    }

    private @Nullable Integer port(EndpointPort... ports) {
        EndpointSlice slice = slice("a", "IPv4")
                .withPorts(ports)
                .addNewEndpoint()
                .withAddresses("10.0.0.1")
                .endEndpoint()
                .build();
        return reader.in(List.of(slice)).stream()
                .map(pod -> pod.address().uri().getPort())
                .findFirst()
                .orElse(null);
    }

    private static EndpointSlice of(String name, String family, String address, String pod, boolean terminating) {
        return slice(name, family)
                .withPorts(http(8000))
                .addNewEndpoint()
                .withAddresses(address)
                .withNewConditions(!terminating, true, terminating)
                .withNewTargetRef()
                .withName(pod)
                .endTargetRef()
                .endEndpoint()
                .build();
    }

    private static EndpointSliceBuilder slice(String name, String family) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withAddressType(family);
    }

    private static EndpointPort http(int port) {
        return named("http", port);
    }

    private static EndpointPort named(String name, @Nullable Integer port) {
        return new EndpointPortBuilder().withName(name).withPort(port).build();
    }
}
