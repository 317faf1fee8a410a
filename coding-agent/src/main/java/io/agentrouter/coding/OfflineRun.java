package io.agentrouter.coding;

import io.agentrouter.coding.project.Project;
import io.agentrouter.coding.tool.ExecTool;
import io.agentrouter.runtime.agent.AgentRun;
import io.agentrouter.runtime.agent.FinishReason;
import io.agentrouter.runtime.agent.Step;
import io.agentrouter.runtime.agent.StepResult;
import io.agentrouter.runtime.agent.StepResult.Said;
import io.agentrouter.runtime.agent.Tool;
import io.agentrouter.runtime.agent.ToolRequest;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** A run without a model: it runs the project's own tests, and says what fails and where. */
final class OfflineRun implements AgentRun {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Session session;
    private final Report report;
    private final Mono<Void> end;

    OfflineRun(Session session, Report report, Mono<Void> end) {
        this.session = session;
        this.report = report;
        this.end = end;
    }

    @Override
    public Mono<Step> next(List<StepResult> results) {
        if (!results.isEmpty() && results.getLast() instanceof Said) {
            return Mono.just(new Step.Finish(FinishReason.STOP));
        }
        ExecTool exec = session.exec();
        if (exec != null && results.size() < session.projects().size()) {
            return Mono.just(test(exec.tool(), session.projects().get(results.size()), results.size()));
        }
        return report.ofTests(session, results).map(text -> new Step.Say(text, List.of()));
    }

    private static Step test(Tool exec, Project project, int number) {
        String arguments = JSON.writeValueAsString(Map.of(
                "command", project.command(), "directory", project.directory().toString()));
        return new Step.ToolCall(exec, new ToolRequest("test-" + number, exec.name(), arguments));
    }

    @Override
    public Mono<Void> close() {
        return end;
    }
}
