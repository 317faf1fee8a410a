package io.agentrouter.coding;

import io.agentrouter.coding.project.Project;
import io.agentrouter.coding.tool.ToolLimits;
import io.agentrouter.runtime.agent.AgentRun;
import io.agentrouter.runtime.agent.FinishReason;
import io.agentrouter.runtime.agent.Step;
import io.agentrouter.runtime.agent.StepResult;
import io.agentrouter.runtime.agent.StepResult.Said;
import io.agentrouter.runtime.agent.Tool;
import io.agentrouter.runtime.agent.ToolRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** A run without a model: it runs the project's own tests, and says what fails and where. */
final class OfflineRun implements AgentRun {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Session session;
    private final ToolLimits limits;
    private final Report report;
    private final Mono<Void> end;

    OfflineRun(Session session, ToolLimits limits, Report report, Mono<Void> end) {
        this.session = session;
        this.limits = limits;
        this.report = report;
        this.end = end;
    }

    @Override
    public Mono<Step> next(List<StepResult> results) {
        boolean said = !results.isEmpty() && results.getLast() instanceof Said;
        int done = CommandLog.of(results).answers().size();
        if (session.exec() != null && done < session.projects().size()) {
            Project project = session.projects().get(done);
            return Mono.just(
                    said
                            ? test(session.exec().tool(), project, done)
                            : new Step.Say(TestReport.announcing(project), List.of()));
        }
        return said
                ? Mono.just(new Step.Finish(FinishReason.STOP))
                : report.ofTests(session, results).map(text -> new Step.Say(text, List.of()));
    }

    private Step test(Tool exec, Project project, int number) {
        String arguments = JSON.writeValueAsString(Map.of(
                "command",
                project.command(),
                "directory",
                project.directory().toString(),
                "timeoutSeconds",
                fairShare(session.projects().size() - number).toSeconds()));
        return new Step.ToolCall(exec, new ToolRequest("test-" + number, exec.name(), arguments));
    }

    /** A project that hangs must not take the time of those after it. */
    private Duration fairShare(int projects) {
        Duration share = Duration.between(Instant.now(), session.workEnds()).dividedBy(projects);
        return share.compareTo(limits.maxExecTimeout()) < 0 ? share : limits.maxExecTimeout();
    }

    @Override
    public Mono<Void> close() {
        return end;
    }
}
