package io.agentrouter.qa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A control group with a limit on memory, in either generation of the kernel's interface. */
record MemoryGroup(Path directory, boolean v2) implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    /** Makes one; empty where this user or machine may not. */
    static Optional<MemoryGroup> create(long bytes) {
        String name = "qa-agent-test-" + ProcessHandle.current().pid();
        MemoryGroup first = new MemoryGroup(ROOT.resolve("memory").resolve(name), false);
        MemoryGroup second = new MemoryGroup(ROOT.resolve(name), true);
        return Stream.of(first, second).filter(group -> group.isMadeWith(bytes)).findFirst();
    }

    private boolean isMadeWith(long bytes) {
        try {
            Files.createDirectory(directory);
            write(v2 ? "memory.max" : "memory.limit_in_bytes", bytes);
            Path swap = directory.resolve(v2 ? "memory.swap.max" : "memory.memsw.limit_in_bytes");
            if (Files.exists(swap)) {
                write(swap.getFileName().toString(), v2 ? 0 : bytes);
            }
            return true;
        } catch (IOException e) {
            close();
            return false;
        }
    }

    /** A command that moves itself into the group and then becomes the given one. */
    List<String> around(List<String> command) {
        String procs = directory.resolve("cgroup.procs").toString();
        return Stream.concat(Stream.of("sh", "-c", "echo $$ >\"$0\" && exec \"$@\"", procs), command.stream())
                .toList();
    }

    /** The most that was ever charged, caches of files included, which the kernel gives back under pressure. */
    long peak() {
        return number(read(v2 ? "memory.peak" : "memory.max_usage_in_bytes"));
    }

    /** Memory of processes alone, now: what the kernel cannot give back. */
    long processes() {
        return field("memory.stat", v2 ? "anon" : "total_rss");
    }

    /** Processes that the kernel killed for want of memory. */
    long killed() {
        return field(v2 ? "memory.events" : "memory.oom_control", "oom_kill");
    }

    private long field(String file, String key) {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(key + " "))
                .mapToLong(line -> number(line.substring(key.length())))
                .findFirst()
                .orElse(0);
    }

    private static long number(String text) {
        return Long.parseLong(text.strip());
    }

    private String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void write(String file, long value) throws IOException {
        Files.writeString(directory.resolve(file), Long.toString(value), StandardOpenOption.WRITE);
    }

    /** Takes it away; its processes must have ended. */
    @Override
    public void close() {
        var _ = directory.toFile().delete();
    }
}
