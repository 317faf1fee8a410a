package io.agentrouter.sandbox.exec;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processes of this machine at one moment. */
final class ProcessTable {

    private final Map<Long, ProcessEntry> entries = new HashMap<>();
    private final Map<Long, List<ProcessEntry>> children = new HashMap<>();

    static ProcessTable read() throws IOException {
        ProcessTable table = new ProcessTable();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                ProcessEntry.read(process).ifPresent(table::add);
            }
        }
        return table;
    }

    private void add(ProcessEntry entry) {
        entries.put(entry.pid(), entry);
        children.computeIfAbsent(entry.parent(), parent -> new ArrayList<>()).add(entry);
    }

    Collection<ProcessEntry> all() {
        return entries.values();
    }

    List<ProcessEntry> children(long pid) {
        return children.getOrDefault(pid, List.of());
    }

    /** The session of this process; 0 where that began outside of its namespace. */
    long ownSession() {
        ProcessEntry self = entries.get(ProcessHandle.current().pid());
        return self == null ? 0 : self.session();
    }

    /** The process and all its descendants, parents first; empty when it is gone. */
    List<ProcessEntry> tree(long pid) {
        List<ProcessEntry> tree = new ArrayList<>();
        ArrayDeque<ProcessEntry> open = new ArrayDeque<>();
        for (ProcessEntry next = entries.get(pid); next != null; next = open.poll()) {
            tree.add(next);
            open.addAll(children(next.pid()));
        }
        return tree;
    }
}
