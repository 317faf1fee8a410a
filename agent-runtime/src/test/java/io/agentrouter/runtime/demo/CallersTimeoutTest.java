package io.agentrouter.runtime.demo;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.testing.Script;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent whose caller says for how long it waits. */
class CallersTimeoutTest extends DemoWithModel {

    @Test
    @Timeout(5)
    void runThatMayTakeLongerThanItsCallerWaits_endsWhenTheCallersTimeIsOver() throws Exception {
        model.next(Script.silence());

        HttpResponse<String> response = ask("1");

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("\"code\":\"run_timeout\"");
        model.lastCall().awaitClosedByClient(ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999", "soon", "-1", "99999999999999999999", ""})
    void timeoutThatIsLongerThanTheAgentsOwn_orNone_changesNothing(String timeout) throws Exception {
        model.next(Script.text("Hello"));

        assertThat(ask(timeout).body()).contains("Hello");
    }

    private HttpResponse<String> ask(String timeout) throws Exception {
        HttpRequest plain = Chat.request(demo.uri("/v1/chat/completions"), Chat.body("ask", ""));
        HttpRequest request = HttpRequest.newBuilder(plain, (name, value) -> true)
                .header("X-Agent-Timeout", timeout)
                .build();
        return Chat.HTTP.send(request, BodyHandlers.ofString());
    }
}
