package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.endpoint.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** Pods that all fail, each left out for longer than a test lasts: half of them are used all the same. */
class EjectionFloorTest extends FleetFixture {

    private final Set<ScriptedAgent> asked = ConcurrentHashMap.newKeySet();

    @Override
    String[] properties() {
        return with(
                "router.endpoints.ejection.failures=2",
                "router.endpoints.ejection.first=1m",
                "router.endpoints.ejection.at-most=1m",
                "router.endpoints.slow-start=0s");
    }

    @Test
    void allPodsFail_halfOfThemStayIn() throws IOException {
        List<ScriptedAgent> pods = List.of(one, two, pod("three"), pod("four"));
        awaitUsable(pods.size());
        for (ScriptedAgent pod : pods) {
            pod.play(gateway -> fail(pod, gateway));
        }
        await().until(() -> {
            askTenTimes();
            return usable().stream().allMatch(Endpoint::isOut);
        });

        asked.clear();
        askTenTimes();
        askTenTimes();
        assertThat(asked).hasSize(pods.size() / 2);
    }

    private void askTenTimes() throws IOException {
        for (int i = 0; i < 10; i++) {
            try (Wire client = client().post(CHAT, ASK, "Prefer: wait=0")) {
                assertThat(client.readHead().getFirst()).contains(" 500 ");
            }
        }
    }

    private void fail(ScriptedAgent pod, Wire gateway) throws IOException {
        gateway.readBody(gateway.readHead());
        asked.add(pod);
        gateway.send("HTTP/1.1 500 Oh\r\nContent-Length: 2\r\n\r\n{}");
    }
}
