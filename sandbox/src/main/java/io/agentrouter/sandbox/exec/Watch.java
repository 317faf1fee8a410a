package io.agentrouter.sandbox.exec;

import io.agentrouter.sandbox.isolation.Isolation;
import io.agentrouter.sandbox.isolation.Walls;
import io.agentrouter.sandbox.settings.SandboxProperties;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Looks at all running commands ten times a second, and at once when the machine suddenly has many more processes; at their
 * disks once a second.
 */
@Component
class Watch implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(Watch.class);

    private final Set<Command> running = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService processes = clock("watch-processes");
    private final ScheduledExecutorService disks = clock("watch-disks");
    private final Pace pace = new Pace();
    private final DiskLimits diskLimits;
    private final Optional<Isolation> isolation;
    private final Optional<Orphans> orphans;
    private boolean orphansMayBe;

    Watch(SandboxProperties properties, Walls walls) {
        this.isolation = walls.isolation();
        this.orphans = isolation.filter(Isolation::inPlace).map(inPlace -> Orphans.inherit());
        this.diskLimits = new DiskLimits(properties.limits());
        var _ = processes.scheduleWithFixedDelay(guarded(this::watchProcesses), 10, 10, TimeUnit.MILLISECONDS);
        var _ = disks.scheduleWithFixedDelay(guarded(this::watchDisks), 1000, 1000, TimeUnit.MILLISECONDS);
    }

    /** Starts a command and watches it from its first moment: to a look in between it would be nobody's. */
    synchronized Command start(Callable<Command> starter) throws Exception {
        Command command = starter.call();
        running.add(command);
        return command;
    }

    /** With the last command goes what any of them left for others; none can begin meanwhile. */
    synchronized void remove(Command command) {
        running.remove(command);
        if (running.isEmpty()) {
            isolation.ifPresent(walls -> guarded(walls::deleteShared).run());
        }
    }

    @Override
    public void destroy() {
        running.forEach(command -> command.end(Ended.CANCELLED));
        processes.shutdown();
        disks.shutdownNow();
    }

    private synchronized void watchProcesses() throws IOException {
        if ((!running.isEmpty() || orphansMayBe) && pace.isDue()) {
            ProcessTable table = ProcessTable.read();
            running.forEach(command -> guarded(() -> command.watch(table)).run());
            orphans.ifPresent(found -> found.look(table, first(), members(table)));
            orphansMayBe = orphans.isPresent() && !running.isEmpty();
        }
    }

    private Set<Long> first() {
        return running.stream().map(Command::first).collect(Collectors.toSet());
    }

    private Set<Long> members(ProcessTable table) {
        return running.stream()
                .flatMap(command -> command.members(table).stream())
                .map(ProcessEntry::pid)
                .collect(Collectors.toSet());
    }

    /** One workspace that cannot be looked at must not hide the others. */
    private void watchDisks() {
        running.forEach(command -> guarded(() -> watchDisk(command)).run());
    }

    private void watchDisk(Command command) throws IOException {
        if (diskLimits.exceededBy(command.workspace(), command.temporary())) {
            command.end(Ended.DISK);
        }
    }

    private interface Look {
        void run() throws IOException;
    }

    /** One failure must not end the watching, nor must memory or threads that are short for a moment: no limit would hold. */
    private static Runnable guarded(Look look) {
        return () -> {
            try {
                look.run();
            } catch (IOException | RuntimeException | Error e) {
                tell(e);
            }
        };
    }

    private static void tell(Throwable failure) {
        try {
            log.warn("Could not look after the commands; trying again", failure);
        } catch (Error e) {
            // Without memory to say so, the next look is what counts.
        }
    }

    private static ScheduledExecutorService clock(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }
}
