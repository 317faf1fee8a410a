package io.agentrouter.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Linux tells of a process in {@code /proc}. */
public record LinuxProcess(long pid) {

    private static final String LISTENING = "0A";

    /** Its environment, {@code NAME=value} each. */
    public List<String> environment() {
        return List.of(read(file("environ")).split("\0", -1));
    }

    /** The local addresses on which it listens for TCP, in the kernel's hexadecimal, without ports. */
    public Set<String> listenAddresses() {
        Set<String> sockets = openFiles();
        return Stream.of("net/tcp", "net/tcp6")
                .flatMap(table -> read(file(table)).lines().skip(1))
                .map(line -> line.strip().split("\\s+", -1))
                .filter(row -> row[3].equals(LISTENING) && sockets.contains("socket:[" + row[9] + "]"))
                .map(row -> row[1].substring(0, row[1].indexOf(':')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How many sockets it has open. */
    public long sockets() {
        return openFiles().stream().filter(file -> file.startsWith("socket:")).count();
    }

    /** The limit of the control group it is in, in bytes. */
    public long memoryLimit() {
        for (String line : read(file("cgroup")).lines().toList()) {
            String[] group = line.split(":", 3);
            if (group[1].equals("memory")) {
                return Long.parseLong(read(Path.of("/sys/fs/cgroup/memory" + group[2], "memory.limit_in_bytes")));
            }
            if (group[1].isEmpty() && Files.exists(Path.of("/sys/fs/cgroup" + group[2], "memory.max"))) {
                return Long.parseLong(read(Path.of("/sys/fs/cgroup" + group[2], "memory.max")));
            }
        }
        throw new AssertionError("process " + pid + " is in no control group with a memory limit");
    }

    private Set<String> openFiles() {
        try (Stream<Path> files = Files.list(file("fd"))) {
            return files.map(LinuxProcess::target).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // Closed meanwhile.
        }
    }

    private Path file(String name) {
        return Path.of("/proc", Long.toString(pid), name);
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
