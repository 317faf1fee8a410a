package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy tells of the request that it got, or anyone in its name: nothing for the gateway to go by, in a pod neither. */
class ProxyHeadersTest extends RouteFixture {

    @Override
    String[] properties() {
        return with("spring.main.cloud-platform=kubernetes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Prefix: /ai",
                "X-Forwarded-Prefix: /agents/coding",
                "X-Forwarded-Port: none",
                "X-Forwarded-Host: other:none",
                "Forwarded: host=\"other:none\"",
            })
    void whatAProxyTells_changesNothing(String header) throws Exception {
        agent.answerJson("{}");
        try (Wire client = client().post(CHAT, ASK, header)) {
            List<String> head = client.readHead();
            assertThat(head.getFirst()).contains(" 200 ");
            assertThat(Wire.header(head, "X-Agent-Type")).isEqualTo("qa");
        }
    }
}
