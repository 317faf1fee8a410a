package io.agentrouter.sandbox.exec;

import static org.awaitility.Awaitility.await;

import io.agentrouter.sandbox.isolation.Job;
import io.agentrouter.sandbox.isolation.Walls;
import io.agentrouter.sandbox.settings.SandboxProperties;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {

    @TempDir
    private Path directory;

    @Test
    void errorAtALook_endsNeitherTheWatchNorTheLooksAtOtherCommands() throws Exception {
        List<AtomicInteger> looks = List.of(new AtomicInteger(), new AtomicInteger());
        SandboxProperties properties = SandboxSettings.in(directory, Map.of());
        Process process = new ProcessBuilder("sleep", "60").start();
        Watch watch = new Watch(properties, new Walls(Optional.empty(), "None here."));
        try {
            for (AtomicInteger count : looks) {
                watch.start(() -> command(properties, process, count));
            }

            await().atMost(Duration.ofSeconds(5)).until(() -> looks.stream().allMatch(count -> count.get() > 1));
        } finally {
            watch.destroy();
            process.destroy();
        }
    }

    private Command command(SandboxProperties properties, Process process, AtomicInteger looks) {
        Job job = new Job("any", directory, Path.of(""), List.of("sleep", "60"), Duration.ofMinutes(1));
        return new Command(job, properties.limits(), process, new TooLarge(looks), Optional.empty());
    }

    /** Processes that do not fit into memory. */
    private record TooLarge(AtomicInteger looks) implements Family {

        @Override
        public List<ProcessEntry> members(ProcessTable table) {
            looks.incrementAndGet();
            throw new OutOfMemoryError("Java heap space");
        }

        @Override
        public void terminate(ProcessTable table) {}

        @Override
        public void kill(ProcessTable table) {}
    }
}
