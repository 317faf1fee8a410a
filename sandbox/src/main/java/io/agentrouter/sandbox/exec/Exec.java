package io.agentrouter.sandbox.exec;

import io.agentrouter.sandbox.isolation.Isolation;
import io.agentrouter.sandbox.isolation.Job;
import io.agentrouter.sandbox.isolation.Walls;
import io.agentrouter.sandbox.refusal.Refusal;
import io.agentrouter.sandbox.settings.Limits;
import io.agentrouter.sandbox.settings.SandboxProperties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    private final Semaphore places;
    private final Set<Path> taken = ConcurrentHashMap.newKeySet();

    Exec(SandboxProperties properties, Walls walls, Watch watch) {
        this.walls = walls;
        this.limits = properties.limits();
        this.watch = watch;
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
            Thread.ofPlatform().name("exec-" + job.id()).start(() -> execute(isolation, job, sink));
        });
    }

    /** The thread lives as long as its command: bubblewrap's die-with-parent means the parent's thread. */
    private void execute(Isolation isolation, Job job, MonoSink<ExecResult> sink) {
        ExecResult result;
        try (OutputPipe pipe = new OutputPipe()) {
            Process process = pipe.start(isolation.prepare(job));
            Command command = new Command(job, limits, process, pipe);
            watch.add(command);
            sink.onCancel(() -> command.end(Ended.CANCELLED));
            try {
                result = command.await();
            } finally {
                watch.remove(command);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            sink.error(e);
            return;
        } finally {
            giveBack(job.workspace());
        }
        sink.success(result);
    }

    private void take(Path workspace) {
        if (!taken.add(workspace)) {
            throw Refusal.busy("A command already runs in this workspace.");
        }
        if (!places.tryAcquire()) {
            taken.remove(workspace);
            throw Refusal.busy("As many commands run as may run at once.");
        }
    }

    private void giveBack(Path workspace) {
        places.release();
        taken.remove(workspace);
    }
}
