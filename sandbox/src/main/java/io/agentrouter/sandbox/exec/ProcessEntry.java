package io.agentrouter.sandbox.exec;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One process, as {@code /proc} shows it.
 *
 * @param state {@code R}, {@code S}, {@code T} for stopped, {@code Z} for ended and not yet waited for, …
 * @param group its process group
 * @param session the process that began its session
 * @param name the first 15 bytes of its program's name
 * @param rss resident bytes, pages that it shares with others included
 */
record ProcessEntry(long pid, char state, long parent, long group, long session, String name, long threads, long rss) {

    private static final long PAGE = 4096;

    /** More than the kernel lets a process begin with; but a process may say later that its environment is all of its memory. */
    private static final int LARGEST_ENVIRONMENT = 8 << 20;

    /** Empty when the process is gone. The name stands in brackets and may hold anything, brackets and spaces included. */
    static Optional<ProcessEntry> read(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            int open = stat.indexOf('(');
            int close = stat.lastIndexOf(')');
            String[] rest = stat.substring(close + 2).split(" ", -1);
            return Optional.of(new ProcessEntry(
                    Long.parseLong(stat.substring(0, open - 1)),
                    rest[0].charAt(0),
                    Long.parseLong(rest[1]),
                    Long.parseLong(rest[2]),
                    Long.parseLong(rest[3]),
                    stat.substring(open + 1, close),
                    Long.parseLong(rest[17]),
                    Long.parseLong(rest[21]) * PAGE));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A process whose first thread has ended looks like a dead one while others of its threads run on. */
    boolean lives() {
        return state != 'Z' || threads > 1;
    }

    boolean isStopped() {
        return state == 'T' || state == 'Z';
    }

    /** Its share of the memory it holds, in bytes: what n processes hold together counts as 1/n for each. */
    long proportional() {
        try (Stream<String> lines = Files.lines(proc("smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(rss);
        } catch (IOException | UncheckedIOException e) {
            return rss;
        }
    }

    /** Whether the process has this variable in its environment, which may be large: it is not held in memory. */
    boolean wasGiven(String variable) {
        byte[] wanted = (variable + '\0').getBytes(StandardCharsets.ISO_8859_1);
        try (InputStream environment = new BufferedInputStream(Files.newInputStream(proc("environ")))) {
            return holds(environment, wanted);
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether any of the strings, each with a zero byte behind it, is the wanted one. */
    private static boolean holds(InputStream strings, byte[] wanted) throws IOException {
        int matched = 0;
        for (int count = 0; count < LARGEST_ENVIRONMENT && matched < wanted.length; count++) {
            int next = strings.read();
            if (next < 0) {
                return false;
            }
            if (matched >= 0 && next == (wanted[matched] & 0xff)) {
                matched++;
            } else {
                matched = next == 0 ? 0 : -1;
            }
        }
        return matched == wanted.length;
    }

    private Path proc(String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }
}
