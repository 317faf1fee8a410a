package io.agentrouter.runtime.testing;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

class ScriptedModelServerTest {

    private final ScriptedModelServer model = ScriptedModelServer.start();

    @AfterEach
    void stop() {
        model.close();
    }

    @Test
    void withoutScript_echoesTheQuestion() {
        assertThat(ask("hello there"))
                .contains("\"You \"", "\"hello \"", "\"there\"", "\"finish_reason\":\"stop\"")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void questionThatNamesAnOfferedTool_callsItThenQuotesItsResult() {
        String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"ls\"}}]";
        String question = "{\"role\":\"user\",\"content\":\"call ls {\\\"dir\\\":\\\".\\\"}\"}";
        assertThat(post("{\"messages\":[" + question + "]" + tools + "}"))
                .contains("\"name\":\"ls\"", "\"finish_reason\":\"tool_calls\"");
        assertThat(post("{\"messages\":[" + question + ",{\"role\":\"tool\",\"content\":\"pom.xml\"}]" + tools + "}"))
                .contains("pom.xml", "\"finish_reason\":\"stop\"");
    }

    @Test
    void questionToCount_isAnsweredInOrderOverTheTime() {
        Instant begin = Instant.now();
        assertThat(ask("Please:\\ncount to 4 in 1s"))
                .containsSubsequence("\"#1 \"", "\"#2 \"", "\"#3 \"", "\"#4 \"", "[DONE]")
                .doesNotContain("#5");
        assertThat(Duration.between(begin, Instant.now())).isGreaterThan(ofMillis(700));
    }

    @Test
    void questionForTheFirstMessage_isAnsweredWithIt() {
        String first = "{\"role\":\"user\",\"content\":\"plum\"},{\"role\":\"assistant\",\"content\":\"yes\"}";
        String last = "{\"role\":\"user\",\"content\":\"Question:\\nquote my first message\"}";
        assertThat(post("{\"messages\":[" + first + "," + last + "]}")).contains("\"plum\"");
    }

    @Test
    void queuedScripts_areAnsweredInOrderWithTheirHeaders() {
        model.next(Script.status(429).header("Retry-After", "7"), Script.text("a", "b"));
        String retryAfter = send("{}")
                .response()
                .map(head -> head.status().code() + " " + head.responseHeaders().get("Retry-After"))
                .block();
        assertThat(retryAfter).isEqualTo("429 7");
        assertThat(post("{}")).contains("\"content\":\"a\"", "\"content\":\"b\"");
        assertThat(model.calls()).hasSize(2);
    }

    @Test
    void eachPiece_isWrittenWhenItsPauseIsOver() {
        model.next(Script.text("a").pause(ofMillis(400)).andText("b"));
        Instant begin = Instant.now();
        List<Duration> arrivals = stream("{}")
                .map(bytes -> Duration.between(begin, Instant.now()))
                .toStream()
                .toList();
        assertThat(arrivals.getFirst()).isLessThan(ofMillis(390));
        assertThat(arrivals.getLast()).isGreaterThan(ofMillis(399));
    }

    @Test
    void headThenSilence_sendsTheHeadOnly() {
        model.next(Script.headThenSilence());
        Integer status = send("{}")
                .responseConnection(
                        (head, connection) -> Mono.just(head.status().code()))
                .blockFirst(ofSeconds(5));
        assertThat(status).isEqualTo(200);
    }

    @Test
    void resetInChunk_breaksTheConnectionAfterHalfOfIt() {
        model.next(Script.text("Hel").resetInChunk("lo"));
        StringBuilder seen = new StringBuilder();
        assertThatThrownBy(() -> stream("{}").doOnNext(seen::append).blockLast(ofSeconds(5)))
                .hasStackTraceContaining("onnection");
        assertThat(seen.toString()).contains("\"content\":\"Hel\"").doesNotContain("lo\"");
    }

    @Test
    void clientThatLeavesASilentModel_isNoticedWithinASecond() {
        model.next(Script.silence());
        Disposable client = stream("{}").subscribe();
        await().until(() -> !model.calls().isEmpty());
        assertThat(model.lastCall().closedByClient()).isEmpty();
        client.dispose();
        model.lastCall().awaitClosedByClient(ofSeconds(1));
    }

    @Test
    void clientThatReadsToTheEnd_isNotCountedAsLeaving() {
        ask("hello");
        assertThat(model.lastCall().closedByClient()).isEmpty();
    }

    private String ask(String question) {
        return post("{\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]}");
    }

    private String post(String body) {
        return String.join("", stream(body).collectList().block(ofSeconds(10)));
    }

    private Flux<String> stream(String body) {
        return send(body).responseContent().asString();
    }

    private HttpClient.ResponseReceiver<?> send(String body) {
        return HttpClient.newConnection()
                .post()
                .uri(model.baseUrl() + "/chat/completions")
                .send(ByteBufFlux.fromString(Mono.just(body)));
    }
}
