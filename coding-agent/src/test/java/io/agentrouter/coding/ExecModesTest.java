package io.agentrouter.coding;

import static io.agentrouter.coding.SandboxedTests.TEST_CALC;
import static io.agentrouter.coding.SandboxedTests.project;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.coding.sandbox.SandboxProcess;
import io.agentrouter.runtime.agent.InputFile;
import io.agentrouter.runtime.testing.Script;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Whether commands are run is said by the log, by {@code /health} and by every answer. */
@ExtendWith(OutputCaptureExtension.class)
class ExecModesTest {

    @TempDir
    private Path temp;

    private InputFile failing = new InputFile("none", new byte[0]);

    @BeforeEach
    void makeProject() throws IOException {
        failing = project(Map.of("calc.py", SandboxedTests.CALC, "test_calc.py", TEST_CALC));
    }

    @Test
    @Tag("slow")
    void sandboxThatRunsNothing_isExecOff(CapturedOutput log) throws IOException {
        try (SandboxProcess sandbox = SandboxProcess.launch(temp, temp.resolve("w"), "isolation=off");
                RunningAgent agent = agent(sandbox)) {
            assertThat(modes(agent)).contains("exec-off").doesNotContain("exec-unsafe");
            assertThat(agent.client().health().at("/checks/sandbox").asString()).isEqualTo("ok");
            assertThat(agent.client().answer(failing))
                    .contains("exec is off, since the sandbox cannot isolate any here")
                    .contains("Its tests would be run by: `python3 -m unittest discover`")
                    .contains("editing needs a model");
            assertThat(log).contains("exec is off, since the sandbox cannot isolate any here");
        }
    }

    @Test
    @Tag("slow")
    void sandboxWithoutWalls_isExecUnsafe(CapturedOutput log) throws IOException {
        try (SandboxProcess sandbox = SandboxProcess.launch(temp, temp.resolve("w"), "isolation=unsafe");
                RunningAgent agent = agent(sandbox)) {
            assertThat(modes(agent)).contains("exec-unsafe").doesNotContain("exec-off");
            assertThat(agent.client().answer(failing))
                    .contains("`test_calc.py:6`: AssertionError: -1 != 5")
                    .contains("Commands are run without any isolation: exec is unsafe");
            assertThat(log).contains("Commands are run without any isolation");
        }
    }

    @Test
    void sandboxThatIsAway_failsTheCheck_andRunsGoOnWithoutIt(CapturedOutput log) {
        try (ScriptedModelServer model = ScriptedModelServer.start();
                RunningAgent agent = RunningAgent.start(
                        temp.resolve("w"),
                        "coding.sandbox-socket=" + temp.resolve("none"),
                        "model.api-key=any",
                        "model.base-url=" + model.baseUrl())) {
            model.next(
                    Script.tool("write", "{\"path\":\"new.txt\",\"content\":\"x\\n\"}"),
                    Script.tool("exec", "{\"command\":\"true\"}"),
                    Script.text("Wrote it."));

            String answer = agent.client().answer(failing);

            assertThat(answer)
                    .startsWith("Wrote it.")
                    .contains("+++ b/new.txt")
                    .contains("exec is off, since the sandbox does not answer");
            assertThat(model.calls().getFirst().tools())
                    .noneMatch(tool -> tool.path("name").asString().equals("exec"));
            assertThat(model.lastCall().toolResults().getLast()).contains("There is no such tool. There are: ");
            assertThat(model.calls().getFirst().messages().getFirst().toString())
                    .contains("exec is off");
            JsonNode health = agent.client().health();
            assertThat(health.at("/checks/sandbox").asString()).isEqualTo("down");
            assertThat(health.path("modes").toString()).contains("exec-off");
            assertThat(log).contains("exec is off, since the sandbox does not answer");
        }
    }

    @Test
    void noSandbox_isExecOffAndNoFailedCheck(CapturedOutput log) {
        try (RunningAgent agent = RunningAgent.start(temp.resolve("w"))) {
            assertThat(modes(agent)).contains("exec-off");
            assertThat(agent.client().health().path("checks").has("sandbox")).isFalse();
            assertThat(agent.client().answer(failing)).contains("exec is off, since no sandbox is configured");
            assertThat(log).contains("exec is off, since no sandbox is configured");
        }
    }

    @Test
    @Tag("slow")
    void sandboxThatDiesWithACommand_isToldToTheModel_andTheRunGoesOn() throws IOException {
        Files.createDirectories(temp.resolve("w"));
        try (ScriptedModelServer model = ScriptedModelServer.start();
                SandboxProcess sandbox = SandboxProcess.start(temp, temp.resolve("w"));
                RunningAgent agent = agent(sandbox, "model.api-key=any", "model.base-url=" + model.baseUrl())) {
            model.next(
                    Script.tool("exec", "{\"command\":\"sleep 60\"}"),
                    Script.tool("read", "{\"path\":\"calc.py\"}"),
                    Script.text("It could not be run."));

            List<String> events;
            try (var stream = agent.client().stream(failing)) {
                events = stream.peek(event -> {
                            if (event.contains("\"tool_call\"") && event.contains("exec")) {
                                sandbox.kill();
                            }
                        })
                        .toList();
            }

            assertThat(events.getLast()).isEqualTo("[DONE]");
            assertThat(model.lastCall().toolResults().getFirst())
                    .containsAnyOf("The sandbox cannot be reached", "The sandbox's answer cannot be read");
            assertThat(model.lastCall().toolResults().getLast()).contains("return a - b");
        }
    }

    private RunningAgent agent(SandboxProcess sandbox, String... settings) {
        sandbox.awaitModes();
        String[] all = new String[settings.length + 1];
        System.arraycopy(settings, 0, all, 1, settings.length);
        all[0] = "coding.sandbox-socket=" + sandbox.socket();
        return RunningAgent.start(temp.resolve("w"), all);
    }

    private static List<String> modes(RunningAgent agent) {
        return agent.client()
                .health()
                .path("modes")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }
}
