package io.agentrouter.runtime.model;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.agent.AgentException;
import io.agentrouter.runtime.testing.ModelCall;
import io.agentrouter.runtime.testing.RedisServers;
import io.agentrouter.runtime.testing.Script;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.Disposable;

@ExtendWith(OutputCaptureExtension.class)
class ModelTroubleTest {

    private final ModelUnderTest model =
            new ModelUnderTest("timeouts.first-token", "600ms", "timeouts.idle", "400ms", "retry.within", "3s");

    @AfterEach
    void close() {
        model.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 529})
    void refusalThatMayPass_isAskedAgain(int status) {
        model.server.next(Script.status(status), Script.status(status), Script.text("Hello"));
        assertThat(model.answer("Hi").text()).isEqualTo("Hello");
        assertThat(model.server.calls()).hasSize(3);
    }

    @Test
    void connectionResetBeforeAnAnswer_isAskedAgain() {
        model.server.next(Script.reset(), Script.text("Hello"));
        assertThat(model.answer("Hi").text()).isEqualTo("Hello");
    }

    @Test
    void rateLimitThatLasts_isReportedAfterTheBudgetOfAttempts() {
        model.server.next(Script.status(429), Script.status(429), Script.status(429), Script.text("too late"));
        AgentException failure = fails();
        assertThat(failure.code()).isEqualTo("model_rate_limited");
        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure).hasMessageContaining("429");
        assertThat(model.server.calls()).hasSize(3);
    }

    @Test
    void retryAfterWithinTheBudget_isHonoured() {
        model.server.next(Script.status(429).header("Retry-After", "1"), Script.text("Hello"));
        Instant begin = Instant.now();
        model.answer("Hi");
        assertThat(Duration.between(begin, Instant.now())).isBetween(ofMillis(990), ofSeconds(3));
    }

    @Test
    void retryAfterBeyondTheBudget_isReportedAtOnce() {
        model.server.next(Script.status(429).header("Retry-After", "30"), Script.text("too late"));
        assertThat(fails().code()).isEqualTo("model_rate_limited");
        assertThat(model.server.calls()).hasSize(1);
    }

    @Test
    void serverErrorThatLasts_isReportedWithItsStatus() {
        model.server.otherwise(call -> Script.status(500));
        AgentException failure = fails();
        assertThat(failure.code()).isEqualTo("model_unavailable");
        assertThat(failure.status()).isEqualTo(502);
        assertThat(failure).hasMessageContaining("500");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 422})
    void refusalForGood_isReportedAtOnceWithItsStatus(int status) {
        model.server.next(Script.status(status), Script.text("never"));
        AgentException failure = fails();
        assertThat(failure.code()).isEqualTo("model_rejected");
        assertThat(failure).hasMessageContaining(String.valueOf(status));
        assertThat(model.server.calls()).hasSize(1);
    }

    @Test
    void serverThatIsNotThere_isReportedAsUnavailable() {
        try (ModelUnderTest lost =
                new ModelUnderTest("base-url", "http://127.0.0.1:" + RedisServers.freePort() + "/v1")) {
            assertThat(fails(lost).code()).isEqualTo("model_unavailable");
        }
    }

    @Test
    void answerThatBreaksOff_isReportedAndNotAskedAgain() {
        model.server.next(Script.text("Hel").resetInChunk("lo"), Script.text("never"));
        AgentException failure = fails();
        assertThat(failure.code()).isEqualTo("model_unavailable");
        assertThat(failure).hasMessageContaining("middle of its answer");
        assertThat(model.server.calls()).hasSize(1);
    }

    @Test
    void answerThatEndsWithoutFinishing_isReported() {
        model.server.next(Script.text("Hel").endingAbruptly());
        assertThat(fails()).hasMessageContaining("middle of its answer");
    }

    @Test
    void errorWithinTheStream_isReported() {
        model.server.next(Script.text("Hel").raw("data: {\"error\":{\"message\":\"overloaded\"}}\n\n"));
        AgentException failure = fails();
        assertThat(failure.code()).isEqualTo("model_unavailable");
        assertThat(failure).hasMessageContaining("within its answer").hasMessageNotContaining("overloaded");
    }

    @Test
    void nonsenseInTheStream_isReported() {
        model.server.next(Script.text("Hel").raw("data: {nonsense\n\n"));
        assertThat(fails()).hasMessageContaining("not a Chat Completions stream");
    }

    @Test
    void answerThatIsNoStream_isReported() {
        model.server.next(Script.text("Hel").header("Content-Type", "text/html"));
        assertThat(fails()).hasMessageContaining("not a Chat Completions stream");
    }

    @Test
    void silenceBeforeTheHead_isTimedOutAndTheConnectionClosed() {
        model.server.next(Script.silence());
        AgentException failure = fails();
        assertThat(failure.code()).isEqualTo("model_timeout");
        assertThat(failure.status()).isEqualTo(504);
        assertThat(failure).hasMessageContaining("model.timeouts.first-token");
        model.server.lastCall().awaitClosedByClient(ofSeconds(1));
    }

    @Test
    void silenceAfterTheHead_isTimedOutAndTheConnectionClosed() {
        model.server.next(Script.headThenSilence());
        assertThat(fails()).hasMessageContaining("model.timeouts.first-token");
        model.server.lastCall().awaitClosedByClient(ofSeconds(1));
    }

    @Test
    void silenceBetweenTokens_isTimedOutAndTheConnectionClosed() {
        model.server.next(Script.text("Hel").thenSilence());
        AgentException failure = fails();
        assertThat(failure.code()).isEqualTo("model_timeout");
        assertThat(failure).hasMessageContaining("model.timeouts.idle");
        model.server.lastCall().awaitClosedByClient(ofSeconds(1));
    }

    @Test
    void modelThatNeverEnds_isTimedOut() {
        try (ModelUnderTest hurried = new ModelUnderTest("timeouts.total", "500ms")) {
            Script endless = Script.text("a");
            for (int i = 0; i < 50; i++) {
                endless = endless.pause(ofMillis(50)).andText("a");
            }
            hurried.server.next(endless);
            assertThat(fails(hurried)).hasMessageContaining("model.timeouts.total");
            hurried.server.lastCall().awaitClosedByClient(ofSeconds(1));
        }
    }

    @Test
    void runThatIsCancelledWhileTheModelIsSilent_closesTheConnectionWithinASecond() {
        model.server.next(
                Script.silence(), Script.headThenSilence(), Script.text("Hel").thenSilence());
        for (int i = 0; i < 3; i++) {
            int calls = i + 1;
            Disposable run = model.ask("Hi").subscribe();
            await().until(() -> model.server.calls().size() == calls);
            run.dispose();
            ModelCall call = model.server.lastCall();
            call.awaitClosedByClient(ofSeconds(1));
        }
    }

    @Test
    void runThatIsCancelledBetweenAttempts_asksNoMore() {
        model.server.next(Script.status(429).header("Retry-After", "1"));
        Disposable run = model.ask("Hi").subscribe();
        await().until(() -> model.server.calls().size() == 1);

        run.dispose();

        await().during(ofMillis(1200))
                .atMost(ofSeconds(10))
                .until(() -> model.server.calls().size() == 1);
    }

    @Test
    void keyAndPrompt_reachNeitherLogNorAnswer(CapturedOutput output) {
        for (int status : new int[] {400, 401, 429, 500}) {
            model.server.reset();
            model.server.otherwise(call -> Script.status(status));
            assertThat(fails().toString()).doesNotContain("sk-secret", "a private question");
        }
        model.server.otherwise(call -> Script.text("Hel").resetInChunk("lo"));
        fails();
        assertThat(output.getAll()).doesNotContain("sk-secret", "a private question");
    }

    private AgentException fails() {
        return fails(model);
    }

    private static AgentException fails(ModelUnderTest model) {
        return catchThrowableOfType(
                AgentException.class, () -> model.ask("a private question").blockLast(ofSeconds(10)));
    }
}
