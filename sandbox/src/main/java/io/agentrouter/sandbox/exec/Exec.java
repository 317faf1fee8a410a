package io.agentrouter.sandbox.exec;

import io.agentrouter.sandbox.isolation.Isolation;
import io.agentrouter.sandbox.isolation.Job;
import io.agentrouter.sandbox.isolation.Walls;
import io.agentrouter.sandbox.posix.Keyring;
import io.agentrouter.sandbox.refusal.Refusal;
import io.agentrouter.sandbox.settings.Limits;
import io.agentrouter.sandbox.settings.SandboxProperties;
import io.agentrouter.sandbox.workspace.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Runs commands: a bounded number at once, and in each workspace one after the other. */
@Component
public class Exec {

    private final Walls walls;
    private final Limits limits;
    private final Watch watch;
    private final Workspaces workspaces;
    private final Semaphore places;

    Exec(SandboxProperties properties, Walls walls, Watch watch, Workspaces workspaces) {
        this.walls = walls;
        this.limits = properties.limits();
        this.watch = watch;
        this.workspaces = workspaces;
        this.places = new Semaphore(properties.concurrent());
    }

    /**
     * Runs a command; refused as {@code exec_off} or {@code busy}. Cancelling ends the command with everything it started,
     * and its place becomes free when all of it is gone.
     */
    public Mono<ExecResult> run(Job job) {
        return Mono.create(sink -> {
            Isolation isolation = walls.isolation().orElseThrow(() -> Refusal.off(walls.reason()));
            take(job.workspace());
            begin(job, () -> execute(isolation, job, sink));
        });
    }

    /** Where commands have taken all threads there may be, this one's place must not be lost for good. */
    private void begin(Job job, Runnable execution) {
        try {
            Thread.ofPlatform().name("exec-" + job.id()).start(execution);
        } catch (OutOfMemoryError e) {
            giveBack(job.workspace());
            throw Refusal.busy("No thread can be started now.");
        }
    }

    /** The thread lives as long as its command: bubblewrap's die-with-parent means the parent's thread. */
    private void execute(Isolation isolation, Job job, MonoSink<ExecResult> sink) {
        ExecResult result;
        try (OutputPipe pipe = new OutputPipe()) {
            Keyring.beginEmpty();
            Command command = watch.start(() -> start(isolation, job, pipe));
            sink.onCancel(() -> command.end(Ended.CANCELLED));
            try {
                result = command.await(pipe);
            } finally {
                watch.remove(command);
                command.deleteTemporary();
            }
        } catch (Exception e) {
            sink.error(e);
            return;
        } catch (Error e) {
            // Most of what handles failures further on would throw an error instead of answering.
            sink.error(new IllegalStateException("The command could not be run to its end", e));
            return;
        } finally {
            giveBack(job.workspace());
        }
        sink.success(result);
    }

    private Command start(Isolation isolation, Job job, OutputPipe pipe) throws IOException {
        Process process = isolation.start(job, pipe::start);
        preferInOutOfMemory(process);
        Family family = isolation.inPlace() ? new MarkedFamily(process, job.mark()) : new NamespaceFamily(process);
        return new Command(job, limits, process, family, isolation.temporary(job));
    }

    /** Where the kernel must end something for memory, it is to take a command before anything of the system. */
    private static void preferInOutOfMemory(Process process) {
        try {
            Files.writeString(Path.of("/proc", Long.toString(process.pid()), "oom_score_adj"), "1000");
        } catch (IOException e) {
            // It has ended already, or this machine does not allow it; the watch holds commands to their memory.
        }
    }

    private void take(Path workspace) {
        workspaces.take(workspace);
        if (!places.tryAcquire()) {
            workspaces.giveBack(workspace);
            throw Refusal.busy("As many commands run as may run at once.");
        }
    }

    private void giveBack(Path workspace) {
        places.release();
        workspaces.giveBack(workspace);
    }
}
