package io.agentrouter.local;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Shows each part as it comes up: live lines on a terminal, else one line a part once it is healthy. */
class Progress {

    /** What is known of a part. */
    record Status(String name, boolean healthy, Duration time, List<String> modes) {

        private String line() {
            String state = healthy ? "healthy" : "starting";
            String line = String.format(
                    Locale.ROOT,
                    "  %-13s %-9s %5.1f s  %s",
                    name,
                    state,
                    time.toMillis() / 1000.0,
                    String.join(", ", modes));
            return line.stripTrailing();
        }
    }

    private final PrintStream out;
    private final boolean terminal;
    private final Set<String> printed = new HashSet<>();
    private int linesAbove;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 25 has null again where there is no terminal (JDK-8351435).
    static Progress of(PrintStream out) {
        Console console = System.console();
        return new Progress(out, console != null && console.isTerminal());
    }

    void show(List<Status> parts) {
        if (terminal) {
            redraw(parts);
        } else {
            parts.stream()
                    .filter(part -> part.healthy() && printed.add(part.name()))
                    .forEach(part -> out.println(part.line()));
        }
    }

    private void redraw(List<Status> parts) {
        StringBuilder screen = new StringBuilder();
        if (linesAbove > 0) {
            screen.append("\033[").append(linesAbove).append('A');
        }
        parts.forEach(part -> screen.append("\033[2K").append(part.line()).append('\n'));
        linesAbove = parts.size();
        out.print(screen);
        out.flush();
    }
}
