package io.agentrouter.coding;

import io.agentrouter.coding.archive.Unpacker;
import io.agentrouter.coding.diff.WorkspaceDiff;
import io.agentrouter.coding.project.Projects;
import io.agentrouter.coding.sandbox.ExecMode;
import io.agentrouter.coding.tool.FileTools;
import io.agentrouter.coding.workspace.DiskFullException;
import io.agentrouter.coding.workspace.Workspace;
import io.agentrouter.coding.workspace.WorkspaceException;
import io.agentrouter.coding.workspace.Workspaces;
import io.agentrouter.runtime.agent.Agent;
import io.agentrouter.runtime.agent.AgentException;
import io.agentrouter.runtime.agent.AgentRun;
import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.agent.RunInput;
import io.agentrouter.runtime.agent.RunInput.ModelMode;
import io.agentrouter.runtime.model.Tools;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/** Works on the files that come with a request, in a workspace that ends with the run. */
final class CodingAgent implements Agent {

    /** What a report takes beside the diff. */
    private static final Duration REPORT = Duration.ofSeconds(10);

    private final CodingProperties properties;
    private final Workspaces workspaces;
    private final Execution execution;
    private final Scheduler scheduler;
    private final String prompt;
    private final Report report;

    CodingAgent(
            CodingProperties properties,
            Workspaces workspaces,
            Execution execution,
            Scheduler scheduler,
            String prompt) {
        this.properties = properties;
        this.workspaces = workspaces;
        this.execution = execution;
        this.scheduler = scheduler;
        this.prompt = prompt;
        this.report = new Report(scheduler);
    }

    @Override
    public Mono<AgentRun> begin(RunInput input) {
        return execution
                .mode()
                .flatMap(mode -> Mono.<Session>create(sink -> {
                            var work = scheduler.schedule(() -> prepare(input, mode, sink));
                            sink.onDispose(work);
                        })
                        .doOnDiscard(Session.class, session -> end(session).subscribe())
                        .map(session -> run(input, session)));
    }

    private void prepare(RunInput input, ExecMode mode, MonoSink<Session> sink) {
        try {
            sink.success(session(input, mode));
        } catch (DiskFullException e) {
            sink.error(new AgentException(503, "workspace_full", null, String.valueOf(e.getMessage())));
        } catch (WorkspaceException e) {
            sink.error(new AgentException(400, "invalid_request", "messages", String.valueOf(e.getMessage())));
        } catch (IOException | RuntimeException e) {
            sink.error(e);
        }
    }

    private Session session(RunInput input, ExecMode mode) throws IOException {
        Instant workEnds = workEnds(input.limits().deadline());
        Workspace workspace = workspaces.create();
        try {
            List<String> leftOut = new Unpacker(properties.archive()).unpack(input.files(), workspace.files());
            return new Session(
                    workspace,
                    WorkspaceDiff.from(workspace, properties.diff()),
                    leftOut,
                    Projects.find(workspace.files()),
                    Tools.of(new FileTools(workspace.files(), properties.tools(), scheduler)),
                    mode.runs() ? execution.exec(workspace.name(), properties.tools(), workEnds) : null,
                    mode,
                    workEnds);
        } catch (IOException | RuntimeException e) {
            workspaces.remove(workspace);
            throw e;
        }
    }

    private Instant workEnds(Instant deadline) {
        Duration half = Duration.between(Instant.now(), deadline).dividedBy(2);
        Duration report = properties.diff().maxTime().plus(REPORT);
        return deadline.minus(report.compareTo(half) < 0 ? report : half);
    }

    private AgentRun run(RunInput input, Session session) {
        if (input.modelMode() == ModelMode.OFFLINE) {
            return new OfflineRun(session, properties.tools(), report, end(session));
        }
        Message instructions = new Message.Instructions(Prompt.of(prompt, session));
        return new ModelRun(input, session, properties.turns(), instructions, report, end(session));
    }

    /** What another user's commands made, only that user may remove for certain; the agent then removes what is left. */
    private Mono<Void> end(Session session) {
        Mono<Void> empty = Mono.defer(() -> hasFilesOfOthers(session)
                ? execution.empty(session.workspace().name()).onErrorComplete()
                : Mono.empty());
        return empty.then(Mono.<Void>fromRunnable(() -> workspaces.remove(session.workspace()))
                .subscribeOn(scheduler));
    }

    private boolean hasFilesOfOthers(Session session) {
        return properties.shared() && session.exec() != null && session.exec().ran();
    }
}
