package io.agentrouter.e2e.live;

import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_CLIENT;
import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_INTERNAL;
import static io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.agentrouter.e2e.system.Answer;
import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.Client;
import io.agentrouter.e2e.system.LiveSystem;
import io.agentrouter.e2e.system.SharedSystem;
import io.agentrouter.e2e.system.TraceCollector;
import io.agentrouter.e2e.system.TraceCollector.Collected;
import io.agentrouter.runtime.testing.Script;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One trace from the client to the model's server, by OpenTelemetry's conventions. */
@ExtendWith(SharedSystem.class)
class TracesTest {

    private static final String CHAT = "POST /v1/chat/completions";

    private final Client client;
    private final ScriptedModelServer model;
    private final TraceCollector traces;

    TracesTest(LiveSystem system) {
        client = system.client();
        model = system.freshModel();
        traces = system.traces();
    }

    @Test
    void run_isOneTrace_fromTheClientsSpanToEachCallOfModelAndTools_andSaysNothingOfContent() {
        String trace = hex() + hex();
        String span = hex();
        model.next(
                Script.tool("read", "{\"path\":\"calc.py\"}").usage(10, 1),
                Script.text("Nothing to do.").usage(20, 2));

        Answer answer = client.ask(Ask.of("coding", "Look for the needle.")
                .file("calc.py", "needle = 1\n".getBytes(StandardCharsets.UTF_8))
                .header("traceparent", "00-" + trace + "-" + span + "-01")
                .header("X-Conversation-Id", "traced"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.header("traceparent")).contains(trace, span);
        List<Collected> all = traces.awaitTrace(trace, spans -> spans.size() >= 7);
        assertThat(all)
                .extracting(Collected::service, Collected::kind, Collected::name)
                .containsExactly(
                        tuple("gateway", SPAN_KIND_SERVER, CHAT),
                        tuple("gateway", SPAN_KIND_CLIENT, "invoke_agent coding"),
                        tuple("coding-agent", SPAN_KIND_SERVER, CHAT),
                        tuple("coding-agent", SPAN_KIND_INTERNAL, "invoke_agent coding"),
                        tuple("coding-agent", SPAN_KIND_CLIENT, "chat scripted-1"),
                        tuple("coding-agent", SPAN_KIND_INTERNAL, "execute_tool read"),
                        tuple("coding-agent", SPAN_KIND_CLIENT, "chat scripted-1"));
        assertThat(all)
                .extracting(Collected::parent)
                .containsExactly(
                        span,
                        all.get(0).id(),
                        all.get(1).id(),
                        all.get(2).id(),
                        all.get(3).id(),
                        all.get(3).id(),
                        all.get(3).id());
        assertThat(all).noneMatch(Collected::failed);
        assertThat(all.toString()).doesNotContain("needle", "Nothing to do", LiveSystem.KEY);
        assertThat(model.lastCall().header("traceparent"))
                .contains("00-" + trace + "-" + all.get(6).id() + "-01");

        assertThat(all.get(0).attributes())
                .containsAllEntriesOf(Map.of(
                        "http.request.method", "POST",
                        "http.route", "/v1/chat/completions",
                        "url.path", "/v1/chat/completions",
                        "http.response.status_code", "200",
                        "gen_ai.agent.name", "coding",
                        "agentrouter.outcome", "answered",
                        "agentrouter.tenant", "anonymous",
                        "agentrouter.request", answer.header("X-Request-Id")))
                .containsKey("agentrouter.wait");
        assertThat(all.get(1).attributes())
                .containsAllEntriesOf(Map.of(
                        "gen_ai.operation.name", "invoke_agent",
                        "gen_ai.agent.name", "coding",
                        "server.address", "127.0.0.1",
                        "http.response.status_code", "200"))
                .containsKey("server.port");
        assertThat(all.get(3).attributes())
                .containsAllEntriesOf(Map.of(
                        "gen_ai.operation.name", "invoke_agent",
                        "gen_ai.conversation.id", "traced",
                        "gen_ai.response.finish_reasons", "stop",
                        "gen_ai.usage.input_tokens", "30",
                        "gen_ai.usage.output_tokens", "3"));
        assertThat(all.get(4).attributes()).containsAllEntriesOf(chat("tool_calls", 10, 1));
        assertThat(all.get(5).attributes())
                .containsAllEntriesOf(Map.of("gen_ai.operation.name", "execute_tool", "gen_ai.tool.name", "read"))
                .containsKey("gen_ai.tool.call.id");
        assertThat(all.get(6).attributes()).containsAllEntriesOf(chat("stop", 20, 2));
    }

    @Test
    void modelThatFails_failsTheSpansAboveIt_andEachCallOfItHasItsOwn() {
        model.otherwise(call -> Script.status(500));

        Answer answer = client.ask(Ask.of("qa", "Is the model there?"));

        assertThat(answer.status()).isEqualTo(502);
        String trace = answer.header("traceparent").substring(3, 35);
        List<Collected> all = traces.awaitTrace(
                trace,
                spans -> spans.stream().anyMatch(span -> span.parent().isEmpty())
                        && spans.stream().anyMatch(span -> span.kind() == SPAN_KIND_INTERNAL));
        assertThat(all)
                .filteredOn(span -> span.parent().isEmpty())
                .singleElement()
                .satisfies(span -> assertThat(span.attributes()).containsEntry("http.response.status_code", "502"));
        assertThat(all)
                .filteredOn(span -> span.name().equals("chat scripted-1"))
                .hasSizeGreaterThan(1)
                .allSatisfy(span -> assertThat(span.failed()).isTrue())
                .allSatisfy(span -> assertThat(span.attributes()).containsEntry("error.type", "model_unavailable"));
        assertThat(all)
                .filteredOn(span -> span.name().equals("invoke_agent qa") && span.kind() == SPAN_KIND_INTERNAL)
                .singleElement()
                .satisfies(span -> assertThat(span.attributes()).containsEntry("error.type", "model_unavailable"));
    }

    @Test
    void requestThatIsRefused_hasASpan_thatIsNoFailureOfTheGateway() {
        Answer answer = client.ask(Ask.of("nobody", "Anybody?"));

        assertThat(answer.status()).isEqualTo(404);
        String trace = answer.header("traceparent").substring(3, 35);
        assertThat(traces.awaitTrace(trace, spans -> !spans.isEmpty()))
                .singleElement()
                .satisfies(span -> {
                    assertThat(span.failed()).isFalse();
                    assertThat(span.attributes())
                            .containsEntry("http.response.status_code", "404")
                            .containsEntry("agentrouter.outcome", "agent_type_unknown");
                });
    }

    private static Map<String, String> chat(String reason, int input, int output) {
        var attributes = new HashMap<String, String>();
        attributes.put("gen_ai.operation.name", "chat");
        attributes.put("gen_ai.provider.name", "openai");
        attributes.put("gen_ai.request.model", LiveSystem.MODEL);
        attributes.put("server.address", "127.0.0.1");
        attributes.put("gen_ai.response.finish_reasons", reason);
        attributes.put("gen_ai.usage.input_tokens", Integer.toString(input));
        attributes.put("gen_ai.usage.output_tokens", Integer.toString(output));
        return attributes;
    }

    private static String hex() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    }
}
