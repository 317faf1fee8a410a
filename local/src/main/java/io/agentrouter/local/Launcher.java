package io.agentrouter.local;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Starts the whole system of the repository it is run in, and ends it. */
public final class Launcher {

    private final Options options;
    private final PrintStream out;

    private Launcher(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public static void main(String[] arguments) {
        try {
            Options options = Options.parse(arguments);
            if (options.help()) {
                System.out.print(Options.HELP);
            } else {
                new Launcher(options, System.out).run();
            }
        } catch (LauncherException e) {
            System.err.println(e.getMessage());
            System.exit(e.exitCode());
        } catch (InterruptedException e) {
            System.exit(1);
        }
    }

    /** Returns only by an exception: the system runs until a signal ends this process, or a part dies. */
    private void run() throws InterruptedException {
        long begun = System.nanoTime();
        Ports.requireFree(options.port());
        Modules modules = new Modules(Path.of("").toAbsolutePath());
        Isolation isolation = Isolation.choose(options.unsafeExec(), out);
        MemoryLimits limits = MemoryLimits.detect();
        RunDirectory directory = RunDirectory.create(modules.root(), options.port());
        Guardian guardian = new Guardian(
                directory.state(), limits.groups().orElse(directory.state().resolve("none")));
        Supervisor supervisor = new Supervisor(directory.logs(), limits, guardian);
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop"));

        Blueprint blueprint = new Blueprint(modules, directory, isolation, System.getenv(), options.port());
        Startup startup = new Startup(Progress.of(out));
        out.println("Starting (memory limits: " + limits.description() + "; logs: " + directory.logs() + ")");
        try {
            startup.await(List.of(supervisor.start(blueprint.redis())));
            startup.await(blueprint.services().stream().map(supervisor::start).toList());
            out.print(new Welcome(options.port(), Duration.ofNanos(System.nanoTime() - begun), isolation));
            out.flush();
            RunningPart dead = supervisor.firstToEnd();
            throw dead.failure("ended with exit code " + dead.process().exitValue() + ", so everything is stopped");
        } catch (LauncherException e) {
            if (!supervisor.stopping()) {
                throw e;
            }
        }
        Thread.currentThread().join(); // Parts end because a signal ends this process: its hook is at work.
    }
}
