package io.agentrouter.e2e.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.agentrouter.e2e.system.Answer;
import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.Client;
import io.agentrouter.e2e.system.OfflineSystem;
import io.agentrouter.e2e.system.SharedSystem;
import io.agentrouter.e2e.system.Way;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whatever is wrong with a request, gateway and agent say so in the one error body. */
@ExtendWith(SharedSystem.class)
class ErrorsTest {

    private static final String CHAT = "/v1/chat/completions";
    private static final Ask QA = Ask.of("qa", "How much memory does the coding agent get?");

    private final Client client;

    ErrorsTest(OfflineSystem system) {
        client = system.client();
    }

    static Stream<Arguments> wrongRequests() {
        return Stream.of(
                wrong("unknown type in the path", ask(Ask.of("legal", "?").by(Way.PATH)), 404, "agent_type_unknown"),
                wrong("unknown type in the body", ask(Ask.of("legal", "?")), 404, "agent_type_unknown"),
                wrong("unknown type as a model", get("/v1/models/legal"), 404, "agent_type_unknown"),
                wrong(
                        "two sources that disagree",
                        ask(QA.by(Way.PATH).header("X-Agent-Type", "coding")),
                        400,
                        "agent_type_conflict"),
                wrong("no source", post(CHAT, "{\"messages\":[]}"), 400, "agent_type_missing"),
                wrong(
                        "repeated parameter",
                        post(CHAT + "?agent-type=qa&agent-type=qa", QA.body()),
                        400,
                        "agent_type_invalid"),
                wrong("empty parameter", post(CHAT + "?agent-type=", QA.body()), 400, "agent_type_invalid"),
                wrong("repeated model", post(CHAT, "{\"model\":\"qa\",\"model\":\"qa\"}"), 400, "agent_type_invalid"),
                wrong(
                        "large body that alone names its type",
                        ask(Ask.of("coding", "x".repeat(300 << 10))),
                        400,
                        "agent_type_in_large_body"),
                wrong(
                        "too large for the type",
                        ask(Ask.of("qa", "x".repeat(2 << 20)).by(Way.PATH)),
                        413,
                        "payload_too_large"),
                wrong("no JSON", post("/agents/qa" + CHAT, "{\"messages\":"), 400, "invalid_json"),
                wrong("value of a field", ask(QA.with("temperature", 3)), 400, "invalid_request"),
                wrong("field without support", ask(QA.with("n", 2)), 400, "unsupported_field"),
                wrong("other method", get(CHAT), 405, "method_not_allowed"),
                wrong("other path", get("/v2/chat"), 404, "not_found"),
                wrong(
                        "other media type",
                        client -> client.send("POST", CHAT, QA.body(), "Content-Type", "text/plain"),
                        415,
                        "unsupported_media_type"));
    }

    @ParameterizedTest
    @MethodSource("wrongRequests")
    void wrongRequest_isToldInTheOneErrorBody(Request request, int status, String code) {
        Answer answer = request.send(client);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("X-Request-Id")).isNotBlank();
        assertThat(answer.header("X-Should-Retry")).isNotEqualTo("true");
        JsonNode body = answer.json();
        assertThat(body.propertyNames()).containsExactly("type", "title", "status", "detail", "error");
        assertThat(body.path("type").asString()).isEqualTo("urn:agent-router:error:" + code);
        assertThat(body.path("status").asInt()).isEqualTo(status);
        assertThat(body.path("error").propertyNames()).containsExactly("message", "type", "code", "param");
        assertThat(body.at("/error/code").asString()).isEqualTo(code);
        assertThat(body.at("/error/type").asString()).isEqualTo("invalid_request_error");
        assertThat(body.at("/error/message").asString())
                .isNotBlank()
                .isEqualTo(body.path("detail").asString());
    }

    static Stream<Arguments> whatTheySay() {
        return Stream.of(
                argumentSet("unknown: the known ones", ask(Ask.of("legal", "?")), List.of("legal", "coding", "qa")),
                argumentSet(
                        "conflict: both",
                        ask(QA.by(Way.QUERY).header("X-Agent-Type", "coding")),
                        List.of("agent-type", "qa", "X-Agent-Type", "coding")),
                argumentSet(
                        "none: the four ways",
                        post(CHAT, "{}"),
                        List.of("/agents/", "agent-type", "X-Agent-Type", "model")),
                argumentSet("field: its name", ask(QA.with("n", 2)), List.of("`n`")),
                argumentSet(
                        "large body: the other ways",
                        ask(Ask.of("coding", "x".repeat(300 << 10))),
                        List.of("path", "query", "header")));
    }

    @ParameterizedTest
    @MethodSource("whatTheySay")
    void error_saysWhatToDo(Request request, List<String> words) {
        assertThat(request.send(client).json().path("detail").asString()).contains(words);
    }

    /** Something that a client does. */
    interface Request {
        Answer send(Client client);
    }

    private static Arguments wrong(String what, Request request, int status, String code) {
        return argumentSet(what, request, status, code);
    }

    private static Request ask(Ask ask) {
        return client -> client.ask(ask);
    }

    private static Request post(String path, String body) {
        return client -> client.post(path, body);
    }

    private static Request get(String path) {
        return client -> client.get(path);
    }
}
