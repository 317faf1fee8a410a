package io.agentrouter.runtime.demo;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.slots.Slots;
import io.agentrouter.runtime.testing.Script;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrainTest {

    private static final String STREAM = ",\"stream\":true";

    private final ScriptedModelServer model = ScriptedModelServer.start();

    @AfterEach
    void stop() {
        model.close();
    }

    /** Closing the context is what Spring's shutdown hook does on SIGTERM. */
    @Test
    void drainingAgent_refusesNewRunsIsUnhealthyAndFinishesRunningOnes() throws Exception {
        Demo demo = Demo.withModel(model, "agent.lame-duck=500ms");
        CompletableFuture<Void> seen = new CompletableFuture<>();
        model.next(Script.text("Hel").until(seen).andText("lo"));
        try (RawClient running = RawClient.asks(demo, "ask", STREAM)) {
            running.readUntil("Hel");
            Slots slots = demo.bean(Slots.class);

            CompletableFuture<Void> exit = CompletableFuture.runAsync(demo::close);
            await().until(() -> slots.state().draining());

            HttpResponse<String> refused = Chat.ask(demo, "say Hello");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("X-Agent-Refused")).hasValue("draining");
            assertThat(refused.headers().firstValue("X-Should-Retry")).hasValue("true");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(refused.headers().firstValue("Connection")).hasValue("close");
            assertThat(refused.body()).contains("\"code\":\"agent_draining\"");
            HttpResponse<String> health =
                    Chat.HTTP.send(HttpRequest.newBuilder(demo.uri("/health")).build(), BodyHandlers.ofString());
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("\"drain\":\"down\"");
            // Longer than the lame duck: the run is what it waits for.
            await().during(ofSeconds(1)).until(() -> !exit.isDone());
            assertThat(Chat.ask(demo, "say Hello").body()).contains("\"code\":\"agent_draining\"");
            seen.complete(null);

            running.readUntil("data: [DONE]\n\n");
            exit.get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void drainingAgentWithoutARun_goesOnRefusingForItsLameDuck() throws Exception {
        Demo demo = Demo.start("agent.lame-duck=1500ms");
        Slots slots = demo.bean(Slots.class);
        Instant begin = Instant.now();

        CompletableFuture<Void> exit = CompletableFuture.runAsync(demo::close);
        await().until(() -> slots.state().draining());

        assertThat(Chat.ask(demo, "say Hello").headers().firstValue("X-Agent-Refused"))
                .hasValue("draining");
        exit.get(20, TimeUnit.SECONDS);
        assertThat(Duration.between(begin, Instant.now())).isGreaterThanOrEqualTo(ofMillis(1500));
    }

    @Test
    void drain_isBoundedByTheLongestAnswer() throws Exception {
        Demo demo = Demo.withModel(model, "agent.answer-timeout=2s");
        model.next(Script.silence());
        try (RawClient running = RawClient.asks(demo, "ask", STREAM)) {
            running.readUntil("assistant");
            Instant begin = Instant.now();

            demo.close();

            assertThat(Duration.between(begin, Instant.now())).isLessThan(ofSeconds(15));
            model.lastCall().awaitClosedByClient(ofSeconds(1));
        }
    }

    @Test
    void runBeyondTheLongestAnswer_isStoppedAndReported() throws Exception {
        try (Demo demo = Demo.withModel(model, "agent.answer-timeout=2s")) {
            model.next(Script.silence(), Script.text("Hel").thenSilence());

            HttpResponse<String> whole = Chat.ask(demo, "ask");
            assertThat(whole.statusCode()).isEqualTo(504);
            assertThat(whole.headers().firstValue("X-Should-Retry")).hasValue("false");
            assertThat(whole.body()).contains("\"code\":\"run_timeout\"");
            model.lastCall().awaitClosedByClient(ofSeconds(1));

            String streamed = Chat.stream(demo, "ask").body();
            assertThat(streamed)
                    .contains("Hel", "data: {\"error\":", "\"code\":\"run_timeout\"")
                    .doesNotContain("[DONE]");
            await().atMost(ofSeconds(5))
                    .pollInterval(ofMillis(50))
                    .until(() -> demo.bean(Slots.class).state().unused());
        }
    }
}
