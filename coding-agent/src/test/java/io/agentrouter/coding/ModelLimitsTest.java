package io.agentrouter.coding;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.testing.ModelCall;
import io.agentrouter.runtime.testing.Script;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A model that goes on for ever, calls wrongly or reads too much ends in an answer all the same. */
class ModelLimitsTest extends ModelTests {

    @Test
    void modelThatNeverEnds_isStoppedAtItsLastTurn_withLength() throws IOException {
        model.otherwise(call -> call.tools().isEmpty() ? Script.text("I was not done.") : Script.tool("list", "{}"));

        HttpResponse<String> response = agent.client().ask(Map.of(), failing());

        assertThat(AgentClient.text(response))
                .startsWith("I was not done.")
                .contains("The model was stopped after 6 turns, the most of one run");
        assertThat(finishReason(response)).isEqualTo("length");
        assertThat(model.calls()).hasSize(6);
        assertThat(model.lastCall().question()).contains("You may call no more tools");
    }

    @Test
    void modelThatCallsToolsWithoutHavingAny_isStoppedToo() throws IOException {
        model.otherwise(call -> Script.tool("list", "{}"));

        HttpResponse<String> response = agent.client().ask(Map.of(), failing());

        assertThat(AgentClient.text(response)).contains("The model was stopped after 6 turns", "No file was changed.");
        assertThat(finishReason(response)).isEqualTo("length");
        assertThat(model.calls()).hasSize(6);
    }

    @Test
    void tokenAllowance_endsTheRunWithWhatItDidSoFar() throws IOException {
        model.next(
                tool("write", Map.of("path", "a.txt", "content", "x\n")).usage(10, 60),
                exec("echo here").usage(10, 60),
                Script.text("never asked"));

        HttpResponse<String> response = agent.client().ask(Map.of("max_completion_tokens", 100), failing());

        assertThat(AgentClient.text(response))
                .contains("The model was stopped after the 100 tokens that it may write in one run")
                .contains("+++ b/a.txt")
                .doesNotContain("never asked");
        assertThat(finishReason(response)).isEqualTo("length");
        assertThat(model.calls()).hasSize(2);
        assertThat(AgentClient.json(response).at("/usage/completion_tokens").asInt())
                .isEqualTo(120);
    }

    @Test
    void wrongToolCalls_areAnsweredAndDoNotFailTheRun() throws IOException {
        model.next(
                Script.tool("read", "{\"path\":"),
                Script.tool("list", "{}"),
                Script.tool("read", "{}")
                        .andTool("read", "{\"path\":\"calc.py\",\"from\":\"first\"}")
                        .andTool("deploy", "{}"),
                Script.tool("list", "{}"),
                Script.text("Sorry."));

        String answer = agent.client().answer(failing());

        assertThat(answer).startsWith("Sorry.").contains("No file was changed.");
        List<String> results = model.lastCall().toolResults();
        assertThat(results.get(0)).contains("JSON object");
        assertThat(results.get(2)).contains("path");
        assertThat(results.get(3)).contains("wrong type").contains("Nothing was done");
        assertThat(results.get(4))
                .isEqualTo("There is no such tool. There are: edit, list, read, search, write, exec.");
    }

    @Test
    void toolsThatFailAndFail_endTheRun() throws IOException {
        model.otherwise(
                call -> call.tools().isEmpty() ? Script.text("I give up.") : Script.tool("read", "{\"path\":\"no\"}"));

        HttpResponse<String> response = agent.client().ask(Map.of(), failing());

        assertThat(AgentClient.text(response)).contains("I give up.", "after 4 tool calls in a row that failed");
        assertThat(finishReason(response)).isEqualTo("length");
        assertThat(model.calls()).hasSize(5);
    }

    @Test
    void moreCallsThanATurnMayHave_arePassedOver() throws IOException {
        model.next(
                Script.tool("list", "{}")
                        .andTool("list", "{}")
                        .andTool("list", "{}")
                        .andTool("list", "{}"),
                Script.text("Listed."));

        agent.client().answer(failing());

        assertThat(model.lastCall().toolResults()).hasSize(3);
    }

    @Test
    void commandThatNamesNoTime_hasTheConfiguredOne() throws IOException {
        model.next(Script.tool("exec", "{\"command\":\"sleep 30\"}"), Script.text("Too long."));

        assertThat(agent.client().answer(failing())).contains("$ sleep 30\nended by the sandbox: timeout, ");
    }

    @Test
    void hugeResults_reachTheModelInBounds() throws IOException {
        model.next(
                exec("seq 1 1000000"),
                exec("for i in $(seq 400); do echo $i > file-$i; done; seq -s x 1 100000 > long; seq 1 100000 > lines"),
                Script.tool("list", "{}")
                        .andTool("read", "{\"path\":\"long\"}")
                        .andTool("search", "{\"pattern\":\"1\"}"),
                exec("seq 1 1000000"),
                Script.text("Seen."));

        String answer = agent.client().answer(failing());

        assertThat(answer.length()).isLessThan(100_000);
        ModelCall last = model.lastCall();
        assertThat(last.toolResults())
                .allSatisfy(result -> assertThat(result.length()).isLessThan(4200));
        assertThat(last.toolResults().getLast())
                .startsWith("exit code 0")
                .contains("left out")
                .endsWith("1000000\n");
        assertThat(last.toolResults().stream().mapToInt(String::length).sum()).isLessThan(21_000);
    }
}
