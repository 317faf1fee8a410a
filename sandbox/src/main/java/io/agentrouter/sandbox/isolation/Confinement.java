package io.agentrouter.sandbox.isolation;

import static io.agentrouter.sandbox.posix.Landlock.EVERYTHING;
import static io.agentrouter.sandbox.posix.Landlock.EXECUTE;
import static io.agentrouter.sandbox.posix.Landlock.READ_DIR;
import static io.agentrouter.sandbox.posix.Landlock.READ_FILE;
import static io.agentrouter.sandbox.posix.Landlock.WRITE_FILE;

import io.agentrouter.sandbox.posix.Landlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * Keeps commands of one user apart by the kernel's Landlock, which needs neither a privilege nor a namespace: each has the
 * files of its own directories, sees and signals its own processes only, and connects by TCP only to servers such as tests
 * start, on ports that the kernel chooses.
 */
final class Confinement {

    private static final List<String> READABLE =
            List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc", "/opt", "/proc", "/sys");

    private static final List<String> DEVICES =
            List.of("null", "zero", "full", "random", "urandom", "tty", "ptmx", "pts");

    private static final Path PORTS = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    private final Landlock processes;
    private final List<Path> readable;

    private Confinement(List<Mount> mounts, List<Integer> ports) throws IOException {
        this.readable = Stream.concat(
                        Stream.concat(READABLE.stream(), Stream.of(System.getProperty("java.home")))
                                .map(Path::of),
                        mounts.stream().map(Mount::source))
                .toList();
        this.processes = Landlock.processes();
        if (Landlock.separatesNetwork()) {
            String[] range = Files.readAllLines(PORTS).getFirst().split("\\s+", -1);
            processes.allowPorts(Integer.parseInt(range[0]), Integer.parseInt(range[1]));
            for (int port : ports) {
                processes.allowPorts(port, port);
            }
        }
    }

    /** @param ports TCP ports that commands may connect to beside those of their own servers */
    static Optional<Confinement> where(List<Mount> mounts, List<Integer> ports) throws IOException {
        return Landlock.separatesFiles() ? Optional.of(new Confinement(mounts, ports)) : Optional.empty();
    }

    List<String> separates() {
        List<String> separates = new ArrayList<>(List.of("files"));
        if (Landlock.separatesSignals()) {
            separates.add("processes");
        }
        if (Landlock.separatesNetwork()) {
            separates.add("network");
        }
        return separates;
    }

    /**
     * Starts a process from a thread that first gives up what the process must not have; this JVM keeps it. The starter may
     * need no class that is not loaded yet: its file might be out of reach.
     */
    Process start(List<Path> own, Callable<Process> starter) throws IOException {
        FutureTask<Process> task = new FutureTask<>(() -> {
            enforce(own);
            return starter.call();
        });
        Thread.ofPlatform().name("confined").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new IOException("The command was not started", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The command was not started", e);
        }
    }

    private void enforce(List<Path> own) throws IOException {
        try (Landlock files = Landlock.files()) {
            for (Path path : readable) {
                files.allow(path, EXECUTE | READ_FILE | READ_DIR);
            }
            for (String device : DEVICES) {
                files.allow(Path.of("/dev", device), READ_FILE | WRITE_FILE);
            }
            // Shared by all commands, for semaphores: whoever knows a name there reaches it, but names cannot be
            // listed. A right to list /dev would hold beneath it too.
            files.allow(Path.of("/dev"), EXECUTE | READ_FILE);
            files.allow(SharedMemory.DIRECTORY, EVERYTHING & ~READ_DIR);
            for (Path path : own) {
                files.allow(path, EVERYTHING);
            }
            processes.enforce();
            files.enforce();
        }
    }
}
