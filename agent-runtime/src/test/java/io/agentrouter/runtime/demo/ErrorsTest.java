package io.agentrouter.runtime.demo;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.testing.Script;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class ErrorsTest extends DemoWithModel {

    private static final String PATH = "/v1/chat/completions";

    @Override
    String[] settings() {
        return new String[] {"agent.max-body=1MB", "agent.body-idle=1s", "model.timeouts.first-token=2s"};
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {                                                         | invalid_json      | null
                    []                                                        | invalid_json      | null
                    7                                                         | invalid_json      | null
                    {"messages":[]}{}                                         | invalid_json      | null
                    {"model":"a","model":"b","messages":[]}                   | invalid_json      | null
                    {}                                                        | invalid_request   | messages
                    {"messages":null}                                         | invalid_request   | messages
                    {"messages":[]}                                           | invalid_request   | messages
                    {"messages":"Hi"}                                         | invalid_request   | messages
                    {"messages":[7]}                                          | invalid_request   | messages[0].role
                    {"messages":[{"role":"robot","content":"a"}]}             | invalid_request   | messages[0].role
                    {"messages":[{"role":"user"}]}                            | invalid_request   | messages[0].content
                    {"messages":[{"role":"user","content":7}]}                | invalid_request   | messages[0].content
                    {"messages":[{"role":"user","content":[]}]}               | invalid_request   | messages[0].content
                    {"messages":[{"role":"user","content":[{"type":"text"}]}]} | invalid_request  | messages[0].content[0].text
                    {"messages":[{"role":"user","content":[{"type":"x"}]}]}   | invalid_request   | messages[0].content[0].type
                    {"messages":[{"role":"user","content":[{"type":"image_url"}]}]} | unsupported_field | messages[0].content[0]
                    {"messages":[{"role":"user","content":[{"type":"file"}]}]} | unsupported_field | messages[0].content[0]
                    {"messages":[{"role":"tool","content":"a"}]}              | unsupported_field | messages[0].role
                    {"messages":[{"role":"assistant","content":"a"}]}         | invalid_request   | messages
                    {"messages":[{"role":"user","content":"a"}],"n":2}        | unsupported_field | n
                    {"messages":[{"role":"user","content":"a"}],"stream":"yes"} | invalid_request | stream
                    {"messages":[{"role":"user","content":"a"}],"top_k":2}    | unsupported_field | top_k
                    """)
    void requestThatIsWrong_is400AndNamesTheField(String body, String code, String param) throws Exception {
        int begun = demo.agent().begun.get();

        HttpResponse<String> response = Chat.post(demo.uri(PATH), body);

        JsonNode error = error(response, 400, code, false);
        assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
        assertThat(error.path("param").isNull() ? "null" : error.path("param").asString())
                .isEqualTo(param);
        assertThat(demo.agent().begun.get()).isEqualTo(begun);
    }

    @Test
    void emptyBody_is400() throws Exception {
        error(Chat.post(demo.uri(PATH), ""), 400, "invalid_json", false);
    }

    @Test
    void wrongMediaType_is415() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(demo.uri(PATH))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        error(Chat.HTTP.send(request, BodyHandlers.ofString()), 415, "unsupported_media_type", false);
    }

    @Test
    void wrongMethod_is405WithAllow() throws Exception {
        HttpResponse<String> response =
                Chat.HTTP.send(HttpRequest.newBuilder(demo.uri(PATH)).build(), BodyHandlers.ofString());
        error(response, 405, "method_not_allowed", false);
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void unknownPath_is404() throws Exception {
        error(Chat.post(demo.uri("/v1/completions"), "{}"), 404, "not_found", false);
    }

    @Test
    void bodyThatStopsArriving_is408AndMayBeSentAgain() throws Exception {
        try (RawClient client = new RawClient(demo)) {
            client.send(RawClient.head("Content-Length: 100") + "{\"messages\":");
            assertThat(client.readUntil("\"code\":\"body_timeout\""))
                    .startsWith("HTTP/1.1 408")
                    .contains("X-Should-Retry: true");
        }
    }

    @Test
    void agentThatIsNotReadyForTheRun_isToBeAskedAgain() throws Exception {
        HttpResponse<String> response = Chat.ask(demo, "unready");

        error(response, 503, "documents_indexing", true);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(response.headers().firstValue("X-Agent-Refused")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "500, 502, model_unavailable",
        "429, 503, model_rate_limited",
        "400, 502, model_rejected",
        "401, 502, model_rejected",
        "0, 504, model_timeout"
    })
    void troubleWithTheModel_isReportedAsWhatItIsAndNotToBeSentAgain(int trouble, int status, String code)
            throws Exception {
        model.next(trouble == 0 ? Script.silence() : Script.status(trouble));

        HttpResponse<String> response = Chat.ask(demo, "ask");

        error(response, status, code, false);
        assertThat(response.headers().firstValue("X-Agent-Refused")).isEmpty();
        assertThat(response.headers().firstValue("Retry-After").isPresent()).isEqualTo(status == 503);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "30, 30", "60, 60", "3600, 60"})
    void rateLimitOfTheModel_isReportedWithTheTimeThatItAskedFor(String asked, String told) throws Exception {
        model.next(Script.status(429).header("Retry-After", asked));

        HttpResponse<String> response = Chat.ask(demo, "ask");

        error(response, 503, "model_rate_limited", false);
        assertThat(response.headers().firstValue("Retry-After")).hasValue(told);
    }

    @ParameterizedTest
    @CsvSource({"traceparent, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "X-Request-Id, my.own_id-1"})
    void identifierThatIsUsable_isReturned(String header, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(demo.uri(PATH))
                .header("Content-Type", "application/json")
                .header(header, value)
                .POST(BodyPublishers.ofString(Chat.body("say Hello", "")))
                .build();
        assertThat(Chat.HTTP.send(request, BodyHandlers.ofString()).headers().allValues(header))
                .containsExactly(value);
    }

    @Test
    void identifiersThatAreMissingOrUnusable_areMade() throws Exception {
        HttpRequest unusable = HttpRequest.newBuilder(demo.uri(PATH))
                .header("X-Request-Id", "not usable")
                .header("traceparent", "00-00000000000000000000000000000000-b7ad6b7169203331-01")
                .build();
        HttpResponse<String> refused = Chat.HTTP.send(unusable, BodyHandlers.ofString());
        HttpResponse<String> streamed = Chat.stream(demo, "say Hello");
        for (HttpResponse<String> response : List.of(refused, streamed)) {
            assertThat(response.headers().firstValue("X-Request-Id").orElseThrow())
                    .matches("[A-Za-z0-9._-]{1,128}");
            assertThat(response.headers().firstValue("traceparent").orElseThrow())
                    .matches("00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-01");
        }
    }

    @Test
    void promptAndKey_areInNoLogAndNoError(CapturedOutput log) throws Exception {
        String marker = "a private question";
        for (int status : new int[] {400, 401, 500}) {
            model.next(Script.status(status));
            assertThat(Chat.ask(demo, "ask " + marker).body()).doesNotContain(marker, Demo.KEY);
        }
        for (String question : new String[] {"break ", "say-and-break ", "refuse ", "ask "}) {
            assertThat(Chat.ask(demo, question + marker).body()).doesNotContain("a secret detail");
        }
        Chat.post(demo.uri(PATH), "{\"messages\":[{\"role\":\"robot\",\"content\":\"" + marker + "\"}]}");
        Chat.post(demo.uri(PATH), "{\"" + marker);
        assertThat(log.getAll()).doesNotContain(marker, Demo.KEY);
    }

    @Test
    void bodyInChunksThatBecomesTooLarge_isReadOnSoThatItsClientReadsTheRefusal() throws Exception {
        String megabyte = "x".repeat(1024 * 1024);
        try (RawClient client = new RawClient(demo)) {
            client.send(RawClient.head("Transfer-Encoding: chunked"));
            for (int i = 0; i < 2; i++) {
                client.send("100000\r\n" + megabyte + "\r\n");
            }
            client.send("0\r\n\r\n");
            assertThat(client.readUntil("\"code\":\"payload_too_large\"")).startsWith("HTTP/1.1 413");
        }
    }

    @ParameterizedTest
    @CsvSource({"413, false", "503, true"})
    void clientThatIsRefusedWhileItSends_readsItsAnswer(int status, boolean busy) throws Exception {
        String megabyte = "x".repeat(1024 * 1024);
        try (RawClient client = new RawClient(demo);
                AutoCloseable filled = busy ? fill() : () -> {}) {
            assertThat(filled).isNotNull();
            client.send(RawClient.head("Content-Length: " + 6 * megabyte.length()));
            for (int i = 0; i < 6; i++) {
                client.send(megabyte);
            }
            assertThat(client.readUntil("\"code\":")).startsWith("HTTP/1.1 " + status);
        }
    }

    private AutoCloseable fill() throws Exception {
        int slots = 4;
        RawClient[] clients = new RawClient[slots];
        int before = demo.agent().waiting.get();
        for (int i = 0; i < slots; i++) {
            clients[i] = RawClient.asks(demo, "wait", "");
        }
        await().atMost(ofSeconds(10)).until(() -> demo.agent().waiting.get() == before + slots);
        return () -> {
            for (RawClient client : clients) {
                client.close();
            }
        };
    }

    /** The OpenAI half, after the RFC 9457 half was found to say the same. */
    private static JsonNode error(HttpResponse<String> response, int status, String code, boolean retry) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.headers().firstValue("X-Should-Retry")).hasValue(Boolean.toString(retry));
        assertThat(response.headers().firstValue("X-Agent-Fault"))
                .isEqualTo(status < 500 || code.equals("internal") ? Optional.empty() : Optional.of("false"));
        JsonNode body = JsonMapper.shared().readTree(response.body());
        assertThat(body.path("type").asString()).isEqualTo("urn:agent-router:error:" + code);
        assertThat(body.path("status").asInt()).isEqualTo(status);
        assertThat(body.path("detail")).isEqualTo(body.at("/error/message"));
        assertThat(body.at("/error/code").asString()).isEqualTo(code);
        assertThat(body.path("error").has("param")).isTrue();
        return body.path("error");
    }
}
