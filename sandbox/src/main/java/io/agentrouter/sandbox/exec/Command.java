package io.agentrouter.sandbox.exec;

import io.agentrouter.sandbox.isolation.Job;
import io.agentrouter.sandbox.settings.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A command that runs: its output is read on a thread of its own, its limits are watched from another. */
final class Command {

    private final Job job;
    private final Limits limits;
    private final Process process;
    private final OutputPipe pipe;
    private final Output output;
    private final long started = System.nanoTime();
    private final AtomicReference<@Nullable Ended> ended = new AtomicReference<>();
    private volatile long killAt;

    Command(Job job, Limits limits, Process process, OutputPipe pipe) {
        this.job = job;
        this.limits = limits;
        this.process = process;
        this.pipe = pipe;
        this.output = new Output((int) limits.output().toBytes());
    }

    Path workspace() {
        return job.workspace();
    }

    /** Reads until nothing of the command is left. */
    ExecResult await() throws IOException, InterruptedException {
        byte[] buffer = new byte[8192];
        for (int n = pipe.read(buffer); n >= 0; n = pipe.read(buffer)) {
            output.add(buffer, n);
            if (output.total() > limits.printed().toBytes()) {
                end(Ended.OUTPUT);
            }
        }
        int exit = process.waitFor();
        ended.compareAndSet(null, Ended.EXITED);
        Ended why = ended.get();
        double seconds = Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
        return new ExecResult(
                why == Ended.EXITED ? exit : null,
                output.text(),
                output.truncated(),
                output.total(),
                why == null ? Ended.EXITED : why,
                seconds);
    }

    /** Ends the command and everything it started; the first reason counts. */
    void end(Ended why) {
        if (ended.compareAndSet(null, why)) {
            killAt = System.nanoTime() + (why == Ended.TIMEOUT ? limits.grace().toNanos() : 0);
            if (why != Ended.TIMEOUT) {
                process.destroyForcibly();
            }
        }
    }

    /** Holds the command to its limits; called again and again while it runs. */
    void watch(ProcessTable table) {
        List<ProcessTable.Entry> tree = table.tree(process.pid());
        if (ended.get() == null) {
            check(tree);
        } else if (System.nanoTime() - killAt >= 0) {
            process.destroyForcibly();
            tree.forEach(entry -> signal(entry, true));
        }
    }

    private void check(List<ProcessTable.Entry> tree) {
        if (System.nanoTime() - started > job.timeout().toNanos()) {
            end(Ended.TIMEOUT);
            tree.stream().filter(entry -> !entry.name().equals("bwrap")).forEach(entry -> signal(entry, false));
        } else if (tree.stream().mapToLong(ProcessTable.Entry::rss).sum()
                > limits.memory().toBytes()) {
            end(Ended.MEMORY);
        } else if (tree.stream().mapToLong(ProcessTable.Entry::threads).sum() > limits.processes()) {
            end(Ended.PROCESSES);
        }
    }

    private static void signal(ProcessTable.Entry entry, boolean kill) {
        ProcessHandle.of(entry.pid()).ifPresent(handle -> {
            if (kill) {
                handle.destroyForcibly();
            } else {
                handle.destroy();
            }
        });
    }
}
