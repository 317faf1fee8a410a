package io.agentrouter.coding;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A control group with a real memory limit, of whichever generation this machine has. */
final class MemoryGroup implements AutoCloseable {

    private static final Path V1 = Path.of("/sys/fs/cgroup/memory");
    private static final Path V2 = Path.of("/sys/fs/cgroup");

    private final Path directory;
    private final boolean first;

    private MemoryGroup(Path directory, boolean first) {
        this.directory = directory;
        this.first = first;
    }

    /** Leaves the test out, with a sentence, where no such group can be made. */
    static MemoryGroup create(String name, long bytes) {
        boolean first = Files.exists(V1.resolve("memory.limit_in_bytes"));
        MemoryGroup group = new MemoryGroup(
                (first ? V1 : V2).resolve(name + "-" + ProcessHandle.current().pid()), first);
        try {
            Files.createDirectory(group.directory);
            group.limit(bytes);
        } catch (IOException e) {
            System.out.println("NO CGROUP CAN BE MADE HERE: that the agent lives in its memory was NOT tested: " + e);
            assumeTrue(false, "no memory cgroup can be made here (it takes root)");
        }
        return group;
    }

    private void limit(long bytes) throws IOException {
        Files.writeString(directory.resolve(first ? "memory.limit_in_bytes" : "memory.max"), Long.toString(bytes));
    }

    /** A command that puts what follows it into the group. */
    List<String> wrapper() {
        return List.of(
                "sh",
                "-c",
                "echo $$ > \"$0\" && exec \"$@\"",
                directory.resolve("cgroup.procs").toString());
    }

    /** Bytes that its processes hold, without the cache of files, which the kernel takes back when it needs them. */
    long resident() throws IOException {
        return value("memory.stat", first ? "total_rss" : "anon");
    }

    /** How often the kernel killed for want of memory. */
    long killed() throws IOException {
        return value(first ? "memory.oom_control" : "memory.events", "oom_kill");
    }

    private long value(String file, String key) throws IOException {
        return Files.readAllLines(directory.resolve(file)).stream()
                .filter(line -> line.startsWith(key + " "))
                .mapToLong(line -> Long.parseLong(line.substring(key.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(directory);
    }
}
