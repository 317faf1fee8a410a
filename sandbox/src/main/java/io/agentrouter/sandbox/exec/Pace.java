package io.agentrouter.sandbox.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** When to look at the processes again: to look costs much more than to count them, and what forks without end is fast. */
final class Pace {

    private static final Path COUNTS = Path.of("/proc/loadavg");
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MANY = 64;

    private long lastLook = System.nanoTime() - LONGEST;
    private long lastCount;

    /** Whether a tenth of a second has passed since it said so, or many processes have begun. */
    boolean isDue() throws IOException {
        long now = System.nanoTime();
        long count = count();
        boolean due = now - lastLook >= LONGEST || count > lastCount + MANY;
        if (due) {
            lastLook = now;
            lastCount = count;
        }
        return due;
    }

    /** All processes and threads of the machine: {@code 0.20 0.18 0.12 1/80 11206}, the number after the slash. */
    private static long count() throws IOException {
        String line = Files.readAllLines(COUNTS).getFirst();
        return Long.parseLong(line.substring(line.indexOf('/') + 1, line.lastIndexOf(' ')));
    }
}
