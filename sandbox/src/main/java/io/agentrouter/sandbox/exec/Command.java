package io.agentrouter.sandbox.exec;

import io.agentrouter.sandbox.isolation.Job;
import io.agentrouter.sandbox.settings.Limits;
import io.agentrouter.sandbox.workspace.Deletion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command that runs: its output is read on a thread of its own, its limits are watched from another. */
final class Command {

    private static final Duration BETWEEN_KILLS = Duration.ofMillis(10);

    private final Job job;
    private final Limits limits;
    private final Process process;
    private final Family family;
    private final Optional<Path> temporary;
    private final Autogroups autogroups;
    private final Output output;
    private final long started = System.nanoTime();
    private @Nullable Ended ended;
    private long killAt;

    Command(Job job, Limits limits, Process process, Family family, Optional<Path> temporary) {
        this.job = job;
        this.limits = limits;
        this.process = process;
        this.family = family;
        this.temporary = temporary;
        this.autogroups = new Autogroups(limits.niceness());
        this.output = new Output((int) limits.output().toBytes());
    }

    Path workspace() {
        return job.workspace();
    }

    Optional<Path> temporary() {
        return temporary;
    }

    void deleteTemporary() throws IOException {
        if (temporary.isPresent()) {
            Deletion.of(temporary.get());
        }
    }

    /** The process that it began with. */
    long first() {
        return process.pid();
    }

    List<ProcessEntry> members(ProcessTable table) {
        return family.members(table);
    }

    /** Reads until nothing of the command is left. */
    ExecResult await(OutputPipe pipe) throws IOException, InterruptedException {
        byte[] buffer = new byte[8192];
        for (int n = pipe.read(buffer); n >= 0; n = pipe.read(buffer)) {
            output.add(buffer, n);
            if (output.total() > limits.printed().toBytes()) {
                end(Ended.OUTPUT);
            }
        }
        int exit = process.waitFor();
        Ended why = end(Ended.EXITED);
        sweep();
        double seconds = Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
        return new ExecResult(
                why == Ended.EXITED ? exit : null, output.text(), output.truncated(), output.total(), why, seconds);
    }

    /** What a command left behind goes before its workspace is free again. */
    private void sweep() throws IOException, InterruptedException {
        for (ProcessTable table = ProcessTable.read(); !family.members(table).isEmpty(); table = ProcessTable.read()) {
            family.kill(table);
            Thread.sleep(BETWEEN_KILLS);
        }
    }

    /** Ends the command and everything it started, at the next look; the first reason counts and is returned. */
    synchronized Ended end(Ended why) {
        if (ended == null) {
            ended = why;
            killAt = System.nanoTime() + (why == Ended.TIMEOUT ? limits.grace().toNanos() : 0);
        }
        return ended;
    }

    /** Holds the command to its limits; called again and again while it runs. */
    synchronized void watch(ProcessTable table) {
        if (ended == null && !process.isAlive()) {
            end(Ended.EXITED);
        } else if (ended == null) {
            check(table);
        }
        if (ended != null && System.nanoTime() - killAt >= 0) {
            family.kill(table);
        }
    }

    private void check(ProcessTable table) {
        List<ProcessEntry> members = family.members(table);
        if (System.nanoTime() - started > job.timeout().toNanos()) {
            end(Ended.TIMEOUT);
            family.terminate(table);
        } else if (members.stream().mapToLong(ProcessEntry::threads).sum() > limits.processes()) {
            end(Ended.PROCESSES);
        } else if (memoryExceeded(members)) {
            end(Ended.MEMORY);
        } else {
            autogroups.standBack(members, table.ownSession());
        }
    }

    /**
     * What the kernel counts at once is too much where processes share pages; the exact sum is asked for only then. It takes a time of which
     * many processes make more of themselves, so these are counted first.
     */
    private boolean memoryExceeded(List<ProcessEntry> members) {
        long limit = limits.memory().toBytes();
        return members.stream().mapToLong(ProcessEntry::rss).sum() > limit
                && members.stream().mapToLong(ProcessEntry::proportional).sum() > limit;
    }
}
