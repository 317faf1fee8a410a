package io.agentrouter.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.e2e.system.Answer;
import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.Client;
import io.agentrouter.e2e.system.LiveSystem;
import io.agentrouter.e2e.system.OpenStream;
import io.agentrouter.e2e.system.SharedSystem;
import io.agentrouter.runtime.testing.Script;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As many runs at once as the memory in production carries, and no more. */
@ExtendWith(SharedSystem.class)
class SlotsTest {

    private final Client client;
    private final ScriptedModelServer model;

    SlotsTest(LiveSystem system) {
        client = system.client();
        model = system.freshModel();
    }

    @ParameterizedTest
    @CsvSource({"qa,16", "coding,4"})
    void oneRunMoreThanSlots_isRefusedIfItDoesNotWait_elseBeginsWhenOneHasEnded(String type, int slots) {
        model.otherwise(call -> Script.text("working ").thenSilence());
        Ask ask = Ask.of(type, "Take your time.").streamed();
        List<OpenStream> running = new ArrayList<>();
        try {
            for (int i = 0; i < slots; i++) {
                running.add(client.open(ask).awaitText("working"));
            }

            Answer refused = client.ask(ask.header("Prefer", "wait=0"));

            assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
            assertThat(refused.json().at("/error/code").asString()).isEqualTo("agent_busy");
            assertThat(refused.header("X-Should-Retry")).isEqualTo("true");
            assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
            assertThat(model.calls()).hasSize(slots);

            CompletableFuture<Answer> waits = CompletableFuture.supplyAsync(() -> client.ask(ask));
            await().until(() -> client.get("/agents").body().contains("\"queue\":{\"length\":1,"));
            model.otherwise(call -> Script.text("Done."));
            running.removeLast().close();
            assertThat(waits)
                    .succeedsWithin(Duration.ofSeconds(20))
                    .extracting(Answer::text)
                    .asString()
                    .contains("Done.");
            assertThat(model.calls()).hasSize(slots + 1);
        } finally {
            running.forEach(OpenStream::close);
        }
    }
}
