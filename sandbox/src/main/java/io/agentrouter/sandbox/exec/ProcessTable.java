package io.agentrouter.sandbox.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The processes of this machine at one moment, as {@code /proc} shows them. */
final class ProcessTable {

    /** One process; {@code rss} is in bytes, pages that it shares with others included. */
    record Entry(long pid, long parent, long session, String name, long threads, long rss) {}

    private static final long PAGE = 4096;

    private final Map<Long, Entry> entries = new HashMap<>();
    private final Map<Long, List<Entry>> children = new HashMap<>();

    static ProcessTable read() throws IOException {
        ProcessTable table = new ProcessTable();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                table.add(process);
            }
        }
        return table;
    }

    private void add(Path process) {
        Entry entry = parse(process);
        if (entry != null) {
            entries.put(entry.pid(), entry);
            children.computeIfAbsent(entry.parent(), parent -> new ArrayList<>())
                    .add(entry);
        }
    }

    Collection<Entry> all() {
        return entries.values();
    }

    List<Entry> children(long pid) {
        return children.getOrDefault(pid, List.of());
    }

    /** The process and all its descendants, parents first; empty when it is gone. */
    List<Entry> tree(long pid) {
        List<Entry> tree = new ArrayList<>();
        ArrayDeque<Entry> open = new ArrayDeque<>();
        Entry root = entries.get(pid);
        for (Entry next = root; next != null; next = open.poll()) {
            tree.add(next);
            open.addAll(children(next.pid()));
        }
        return tree;
    }

    /** The name stands in brackets and may hold anything, brackets and spaces included. */
    private static @Nullable Entry parse(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            int open = stat.indexOf('(');
            int close = stat.lastIndexOf(')');
            String[] rest = stat.substring(close + 2).split(" ", -1);
            return new Entry(
                    Long.parseLong(stat.substring(0, open - 1)),
                    Long.parseLong(rest[1]),
                    Long.parseLong(rest[3]),
                    stat.substring(open + 1, close),
                    Long.parseLong(rest[17]),
                    Long.parseLong(rest[21].strip()) * PAGE);
        } catch (IOException e) {
            return null;
        }
    }
}
