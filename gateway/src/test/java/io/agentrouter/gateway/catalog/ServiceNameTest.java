package io.agentrouter.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNameTest {

    @ParameterizedTest
    @CsvSource({
        "http://qa-agent, own, 80",
        "http://qa-agent:8000, own, 8000",
        "http://qa-agent.other, other, 80",
        "http://qa-agent.other.svc, other, 80",
        "http://qa-agent.other.svc.cluster.local:81, other, 81"
    })
    void uri_namesServiceNamespaceAndPort(String uri, String namespace, int port) {
        assertThat(ServiceName.of(type(uri), "own")).isEqualTo(new ServiceName("qa-agent", namespace, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.1", "http://[fd00::1]:80", "http://qa.example.org", "https://qa-agent"})
    void otherUri_isRefused_namingItsKey(String uri) {
        assertThatThrownBy(() -> ServiceName.of(type(uri), "own"))
                .hasMessageContaining("router.agents.qa.uri")
                .hasMessageContaining(uri);
    }

    private static AgentType type(String uri) {
        return TestTypes.of("qa", uri);
    }
}
