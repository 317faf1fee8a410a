package io.agentrouter.runtime.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A control group with a real limit on memory, in either generation of the kernel's interface. */
public final class MemoryGroup implements AutoCloseable {

    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private final Path directory;
    private final boolean v2;

    private MemoryGroup(Path directory, boolean v2) {
        this.directory = directory;
        this.v2 = v2;
    }

    /**
     * Makes one; where this user or machine may not, the test is left out, and a line of output says so.
     *
     * @param name of the group, to which this process's id is added
     * @param bytes its limit, swap included
     */
    public static MemoryGroup create(String name, long bytes) {
        String unique = name + "-" + ProcessHandle.current().pid();
        MemoryGroup first = new MemoryGroup(ROOT.resolve("memory").resolve(unique), false);
        MemoryGroup second = new MemoryGroup(ROOT.resolve(unique), true);
        return Stream.of(first, second)
                .filter(group -> group.isMadeWith(bytes))
                .findFirst()
                .orElseGet(() -> {
                    System.out.printf(
                            "NOT TESTED: %s in %d Mi, since no control group can be made here.%n", name, bytes >> 20);
                    return abort("no control group for memory can be made here: it takes root");
                });
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

    /** The beginning of a command that moves itself into the group and then becomes what follows. */
    public List<String> wrapper() {
        String procs = directory.resolve("cgroup.procs").toString();
        return List.of("sh", "-c", "echo $$ >\"$0\" && exec \"$@\"", procs);
    }

    /** The most that was ever charged, caches of files included, which the kernel gives back under pressure. */
    public long peak() {
        return number(read(v2 ? "memory.peak" : "memory.max_usage_in_bytes"));
    }

    /** Memory of processes alone, now: what the kernel cannot give back. */
    public long processes() {
        return field("memory.stat", v2 ? "anon" : "total_rss");
    }

    /** Processes that the kernel killed for want of memory. */
    public long killed() {
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
