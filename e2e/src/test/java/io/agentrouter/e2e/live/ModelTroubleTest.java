package io.agentrouter.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Answer;
import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.Client;
import io.agentrouter.e2e.system.LiveSystem;
import io.agentrouter.e2e.system.SharedSystem;
import io.agentrouter.runtime.testing.Script;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A model that stalls, refuses and breaks off, as a client of the gateway sees it. */
@ExtendWith(SharedSystem.class)
class ModelTroubleTest {

    private static final Ask WHOLE = Ask.of("qa", "How much memory does the coding agent get?");
    private static final Ask STREAMED = WHOLE.streamed();

    private final Client client;
    private final ScriptedModelServer model;

    ModelTroubleTest(LiveSystem system) {
        client = system.client();
        model = system.freshModel();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void refusalBeforeTheFirstToken_isAskedAgain(int status) {
        model.next(Script.status(status), Script.reset(), Script.text("At last."));

        Answer answer = client.ask(STREAMED);

        assertThat(answer.text()).as(answer.toString()).contains("At last.");
        assertThat(answer.events()).last().isEqualTo("[DONE]");
        assertThat(model.calls()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"429,503,model_rate_limited", "500,502,model_unavailable"})
    void refusalsBeyondTheBudget_areReportedAsWhatTheyAre(int status, int reported, String code) {
        model.otherwise(call -> Script.status(status));

        failsWith(client.ask(WHOLE), reported, code);
        assertThat(model.calls()).hasSize(3);
    }

    @Test
    void keyThatIsNotAccepted_isSaidAtOnceAndNotRepeated() {
        model.next(Script.status(401));

        Answer answer = client.ask(WHOLE);

        failsWith(answer, 502, "model_rejected");
        assertThat(answer.body()).doesNotContain(LiveSystem.KEY);
        assertThat(model.calls()).hasSize(1);
    }

    @Test
    void silenceBeforeTheFirstToken_endsWithTheLimitThatWasHit() {
        model.next(Script.headThenSilence());

        Answer answer = client.ask(WHOLE);

        failsWith(answer, 504, "model_timeout");
        assertThat(answer.body()).contains("model.timeouts.first-token");
    }

    @Test
    void silenceBetweenChunks_endsTheStreamWithAnErrorEvent() {
        model.next(Script.text("It gets ").thenSilence());

        Answer answer = client.ask(STREAMED);

        assertThat(answer.text()).contains("It gets ");
        assertThat(errorAtTheEnd(answer).path("code").asString()).isEqualTo("model_timeout");
    }

    @Test
    void resetInAChunk_endsTheStreamWithAnErrorEvent_andIsNotAskedAgain() {
        model.next(Script.text("It gets ").resetInChunk("4Gi"));

        Answer answer = client.ask(STREAMED);

        JsonNode error = errorAtTheEnd(answer);
        assertThat(error.path("code").asString()).isEqualTo("model_unavailable");
        assertThat(error.path("message").asString()).isNotBlank();
        assertThat(model.calls()).hasSize(1);
    }

    @Test
    void resetInAChunk_ofAWholeAnswer_isAnErrorAndNoHalfAnswer() {
        model.next(Script.text("It gets ").resetInChunk("4Gi"));

        failsWith(client.ask(WHOLE), 502, "model_unavailable");
    }

    @Test
    void errorWithinTheModelsStream_endsTheStreamWithAnErrorEvent() {
        model.next(Script.text("It gets ").raw("data: {\"error\":{\"message\":\"overloaded\"}}\n\n"));

        assertThat(errorAtTheEnd(client.ask(STREAMED)).path("code").asString()).isEqualTo("model_unavailable");
    }

    /** What had begun is not to be sent again. */
    private static void failsWith(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("X-Should-Retry")).isEqualTo("false");
        assertThat(answer.json().at("/error/code").asString()).isEqualTo(code);
    }

    private static JsonNode errorAtTheEnd(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        List<String> events = answer.events();
        assertThat(events).doesNotContain("[DONE]");
        return JsonMapper.shared().readTree(events.getLast()).path("error");
    }
}
