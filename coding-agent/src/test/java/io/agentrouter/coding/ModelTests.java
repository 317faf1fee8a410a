package io.agentrouter.coding;

import static io.agentrouter.coding.SandboxedTests.CALC;
import static io.agentrouter.coding.SandboxedTests.TEST_CALC;
import static io.agentrouter.coding.SandboxedTests.namesIn;
import static io.agentrouter.coding.SandboxedTests.project;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.coding.sandbox.SandboxProcess;
import io.agentrouter.runtime.agent.InputFile;
import io.agentrouter.runtime.testing.Script;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An agent with a scripted model and a real sandbox, asked over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ModelTests {

    final ScriptedModelServer model = ScriptedModelServer.start();
    Path temp;
    SandboxProcess sandbox;
    RunningAgent agent;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        temp = directory;
        Files.createDirectories(workspaces());
        sandbox = SandboxProcess.start(temp, workspaces());
        agent = RunningAgent.start(workspaces(), settings().toArray(String[]::new));
    }

    /** Of the agent. */
    List<String> settings() {
        return List.of(
                "coding.sandbox-socket=" + sandbox.socket(),
                "coding.turns.max=6",
                "coding.turns.max-calls=3",
                "coding.turns.max-failures=4",
                "coding.turns.max-context=20000",
                "coding.tools.max-output=4000",
                "coding.tools.exec-timeout=1s",
                "model.api-key=any",
                "model.base-url=" + model.baseUrl());
    }

    @AfterAll
    void stop() {
        agent.close();
        sandbox.close();
        model.close();
    }

    @BeforeEach
    void forget() throws IOException {
        model.reset();
        assertThat(namesIn(workspaces())).containsExactly(".agent");
        assertThat(namesIn(workspaces().resolve(".agent"))).containsExactly("lock");
    }

    Path workspaces() {
        return temp.resolve("w");
    }

    static InputFile failing() throws IOException {
        return project(Map.of("calc.py", CALC, "test_calc.py", TEST_CALC));
    }

    static Script tool(String name, Map<String, Object> arguments) {
        return Script.tool(name, JsonMapper.shared().writeValueAsString(arguments));
    }

    static Script exec(String command) {
        return tool("exec", Map.of("command", command, "timeoutSeconds", 30));
    }

    static String finishReason(HttpResponse<String> response) {
        return AgentClient.json(response).at("/choices/0/finish_reason").asString("");
    }

    static String content(List<String> events) {
        StringBuilder text = new StringBuilder();
        for (String event : events) {
            if (event.startsWith("{")) {
                JsonNode delta = JsonMapper.shared().readTree(event).at("/choices/0/delta/content");
                text.append(delta.asString(""));
            }
        }
        return text.toString();
    }
}
