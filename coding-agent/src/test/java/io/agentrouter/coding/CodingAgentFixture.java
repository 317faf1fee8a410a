package io.agentrouter.coding;

import io.agentrouter.coding.sandbox.SandboxClient;
import io.agentrouter.coding.sandbox.SandboxStatus;
import io.agentrouter.coding.workspace.Workspaces;
import io.agentrouter.runtime.agent.FinishReason;
import io.agentrouter.runtime.agent.InputFile;
import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.agent.RunInput;
import io.agentrouter.runtime.agent.RunInput.ModelMode;
import io.agentrouter.runtime.agent.StepResult.ModelAnswer;
import io.agentrouter.runtime.agent.TokenUsage;
import io.agentrouter.runtime.agent.ToolRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The agent without the runtime's faces, with a sandbox or without. */
final class CodingAgentFixture implements AutoCloseable {

    private final Scheduler scheduler = Schedulers.newBoundedElastic(8, 100, "test-files");
    private final Workspaces workspaces;
    private final CodingAgent agent;

    CodingAgentFixture(Path directory, @Nullable Path socket, Map<String, String> settings) throws IOException {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource(settings);
        source.put("coding.workspaces", directory.toString());
        CodingProperties properties = new Binder(source).bindOrCreate("coding", CodingProperties.class);
        this.workspaces = new Workspaces(directory, false);
        SandboxClient sandbox = socket == null ? null : new SandboxClient(socket);
        Execution execution = new Execution(sandbox, sandbox == null ? null : new SandboxStatus(sandbox));
        this.agent = new CodingAgent(properties, workspaces, execution, scheduler, "Be a good engineer.\n");
    }

    CodingAgent agent() {
        return agent;
    }

    /** A run without a model, to its end. */
    Driver offline(InputFile... files) {
        return run(input(ModelMode.OFFLINE, files), List.of());
    }

    /** A run whose model gives these answers, to its end. */
    Driver live(List<ModelAnswer> answers, InputFile... files) {
        return run(input(ModelMode.LIVE, files), answers);
    }

    Driver run(RunInput input, List<ModelAnswer> answers) {
        var next = answers.iterator();
        return new Driver(agent.begin(input).blockOptional().orElseThrow(), turn -> next.next()).toTheEnd();
    }

    static RunInput input(ModelMode mode, InputFile... files) {
        return input(mode, 300, files);
    }

    static RunInput input(ModelMode mode, long seconds, InputFile... files) {
        return new RunInput(
                "run-1",
                "anonymous",
                null,
                List.of(new Message.User("Make the tests pass.")),
                List.of(files),
                new RunInput.Limits(100_000, Instant.now().plusSeconds(seconds)),
                mode);
    }

    static ModelAnswer explains(String text) {
        return new ModelAnswer(text, List.of(), FinishReason.STOP, TokenUsage.NONE);
    }

    static ModelAnswer calls(ToolRequest... requests) {
        return new ModelAnswer("", Arrays.asList(requests), FinishReason.TOOL_CALLS, TokenUsage.NONE);
    }

    static ToolRequest call(String tool, String arguments) {
        return new ToolRequest("call-" + tool, tool, arguments);
    }

    @Override
    public void close() throws IOException {
        workspaces.close();
        scheduler.dispose();
    }
}
