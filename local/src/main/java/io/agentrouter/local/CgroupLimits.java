package io.agentrouter.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Real limits through a control group of each part, which takes a user who may make one (root, as a rule). */
record CgroupLimits(Path directory, Version version) implements MemoryLimits {

    /** The two generations of the kernel's interface: where it is mounted and which files set the limits. */
    enum Version {
        V1("memory", "memory.limit_in_bytes", "memory.memsw.limit_in_bytes"),
        V2(".", "memory.max", "memory.swap.max");

        private final String mount;
        private final String limit;
        private final String swap;

        Version(String mount, String limit, String swap) {
            this.mount = mount;
            this.limit = limit;
            this.swap = swap;
        }

        /** Version 1 counts memory and swap in one number, version 2 swap alone. */
        private long swapBytes(Memory memory) {
            return this == V1 ? memory.bytes() : 0;
        }
    }

    static Optional<CgroupLimits> create(Path root) {
        for (Version version : Version.values()) {
            Path directory = root.resolve(version.mount)
                    .resolve("agent-router-" + ProcessHandle.current().pid())
                    .normalize();
            CgroupLimits limits = new CgroupLimits(directory, version);
            if (limits.works()) {
                return Optional.of(limits);
            }
        }
        return Optional.empty();
    }

    private boolean works() {
        try {
            Files.createDirectory(directory);
            if (version == Version.V2) {
                write(directory.resolve("cgroup.subtree_control"), "+memory");
            }
            if (Files.isWritable(directory.resolve(version.limit))) {
                return true;
            }
            Files.delete(directory);
        } catch (IOException e) {
            directory.toFile().delete();
        }
        return false;
    }

    @Override
    public List<String> wrap(String part, Memory memory, List<String> command) {
        Path group = directory.resolve(part);
        try {
            Files.createDirectories(group);
            write(group.resolve(version.limit), Long.toString(memory.bytes()));
            limitSwap(group, memory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot limit the memory of " + part, e);
        }
        List<String> wrapped = new ArrayList<>(List.of("sh", "-c", "echo $$ >\"$0\" && exec \"$@\""));
        wrapped.add(group.resolve("cgroup.procs").toString());
        wrapped.addAll(command);
        return wrapped;
    }

    private void limitSwap(Path group, Memory memory) throws IOException {
        Path swap = group.resolve(version.swap);
        if (Files.exists(swap)) { // Absent where the kernel does not account for swap.
            write(swap, Long.toString(version.swapBytes(memory)));
        }
    }

    /** Into a file that the kernel made: one that is missing is an error, and not to be created. */
    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }

    @Override
    public String description() {
        return "cgroup " + version.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<Path> groups() {
        return Optional.of(directory);
    }
}
