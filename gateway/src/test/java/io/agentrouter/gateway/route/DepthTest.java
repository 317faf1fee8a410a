package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many agents a request may come through. */
class DepthTest extends RouteFixture {

    @Override
    String[] properties() {
        return with("router.max-depth=2");
    }

    @ParameterizedTest
    @CsvSource({",1", "0,1", "1,2"})
    void agent_isToldOneMoreThanTheClientSaid(String said, String told) throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        agent.play(gateway -> {
            List<String> head = gateway.readHead();
            gateway.readBody(head);
            seen.addAll(head);
            ScriptedAgent.sendJson(gateway, "{}");
        });
        String[] headers = said == null ? new String[0] : new String[] {"X-Agent-Depth: " + said};
        try (Wire client = client().post(CHAT, ASK, headers)) {
            assertThat(client.readHead().getFirst()).contains(" 200 ");
        }
        assertThat(Wire.header(seen, "X-Agent-Depth")).isEqualTo(told);
    }

    @Test
    void requestThatCameThroughAsManyAsMay_isRefused() throws IOException {
        assertThat(refusal("X-Agent-Depth: 2")).contains("\"depth_exceeded\"", "router.max-depth");
        assertThat(refusal("X-Agent-Depth: 7")).contains("\"depth_exceeded\"");
    }

    @ParameterizedTest
    @CsvSource({"-1", "x", "1.5", "99999999999"})
    void whatIsNoNumber_isRefused(String depth) throws IOException {
        assertThat(refusal("X-Agent-Depth: " + depth)).contains("\"invalid_request\"", "X-Agent-Depth");
    }

    private String refusal(String header) throws IOException {
        try (Wire client = client().post(CHAT, ASK, header)) {
            List<String> head = client.readHead();
            byte[] body = client.readBody(head);
            assertThat(head.getFirst()).contains(" 400 ");
            isDescribed(head, body);
            return new String(body, StandardCharsets.UTF_8);
        }
    }
}
