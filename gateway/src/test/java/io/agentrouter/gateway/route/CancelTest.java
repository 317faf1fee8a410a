package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.route.ScriptedAgent.Script;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A client that goes away: the agent learns of it within a second, since its connection ends. */
class CancelTest extends RouteFixture {

    @Test
    void beforeTheAnswerBegan_endsTheAgentsWork() throws Exception {
        endsWithin1s(Wire::close, ASK, gateway -> {});
    }

    @Test
    void byAReset_beforeTheAnswerBegan_endsTheAgentsWork() throws Exception {
        endsWithin1s(Wire::reset, ASK, gateway -> {});
    }

    @Test
    void inMidStream_endsTheAgentsWork() throws Exception {
        endsWithin1s(Wire::close, ASK_STREAM, gateway -> gateway.send(EVENTS).chunk("data: 1\n\n"));
    }

    @Test
    void betweenHeadAndFirstEvent_endsTheAgentsWork() throws Exception {
        endsWithin1s(Wire::close, ASK_STREAM, gateway -> gateway.send(EVENTS));
    }

    @Test
    void whileItsBodyStreams_endsTheAgentsWork() throws Exception {
        var reading = new CompletableFuture<Void>();
        var ended = new CompletableFuture<Boolean>();
        agent.play(gateway -> {
            gateway.readHead();
            gateway.awaitsMore();
            reading.complete(null);
            ended.complete(gateway.endsWithin(1000));
        });
        try (Wire client = client().send(Wire.head(CHAT + "?agent-type=qa", "Content-Length: 900000"))) {
            client.send(new byte[100_000]);
            reading.get(5, TimeUnit.SECONDS);
        }
        assertThat(ended.get()).isTrue();
    }

    @Test
    void whileTheAgentDoesNotReadItsBody_endsTheAgentsWork() throws Exception {
        var begun = new CompletableFuture<Void>();
        var ended = new CompletableFuture<Void>();
        agent.play(gateway -> {
            gateway.readHead();
            begun.complete(null);
            ended.get(); // and reads nothing
        });
        try (Wire client = client().send(Wire.head("/agents/coding" + CHAT, "Content-Length: 30000000"))) {
            begun.get(5, TimeUnit.SECONDS);
            client.sendUntilStuck();
            assertThat(active()).isEqualTo(1);
            // Closed without one, the end waits in the client's kernel behind what nobody takes.
            client.reset();
        }
        await().atMost(1, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(20)).until(() -> active() == 0);
        ended.complete(null);
    }

    @Override
    String[] properties() {
        return with("router.agents.coding.uri=" + agent.uri());
    }

    private interface Leaving {
        void leave(Wire client) throws Exception;
    }

    private void endsWithin1s(Leaving leaving, String ask, Script answer) throws Exception {
        var begun = new CompletableFuture<Void>();
        var ended = new CompletableFuture<Boolean>();
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            answer.play(gateway);
            begun.complete(null);
            ended.complete(gateway.endsWithin(1000));
        });
        Wire client = client().post(CHAT, ask);
        begun.get(5, TimeUnit.SECONDS);
        leaving.leave(client);
        assertThat(ended.get()).isTrue();
    }
}
