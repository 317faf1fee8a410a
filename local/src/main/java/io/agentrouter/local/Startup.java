package io.agentrouter.local;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Waits until started parts are healthy. */
class Startup {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final Progress progress;
    private final Map<RunningPart, Progress.Status> statuses = new LinkedHashMap<>();

    Startup(Progress progress) {
        this.progress = progress;
    }

    /**
     * Waits for these parts, beside those waited for before, which stay on show.
     *
     * @throws LauncherException when one of them ends, or is not healthy in time
     */
    void await(List<RunningPart> parts) throws InterruptedException {
        parts.forEach(part -> statuses.put(part, status(part, false, List.of())));
        while (!allHealthy()) {
            statuses.replaceAll((part, status) -> status.healthy() ? status : ask(part));
            progress.show(List.copyOf(statuses.values()));
            Thread.sleep(INTERVAL);
        }
    }

    private boolean allHealthy() {
        return statuses.values().stream().allMatch(Progress.Status::healthy);
    }

    private static Progress.Status ask(RunningPart part) {
        if (!part.alive()) {
            throw part.failure(
                    "ended while it started, with exit code " + part.process().exitValue());
        }
        Probe.Answer answer = part.part().probe().ask();
        if (!answer.healthy() && part.age().compareTo(PATIENCE) > 0) {
            throw part.failure("is not healthy after " + PATIENCE.toSeconds() + " s: " + answer.said());
        }
        return status(part, answer.healthy(), answer.modes());
    }

    private static Progress.Status status(RunningPart part, boolean healthy, List<String> modes) {
        return new Progress.Status(part.name(), healthy, part.age(), modes);
    }
}
