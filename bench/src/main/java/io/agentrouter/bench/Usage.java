package io.agentrouter.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process and its children use, from Linux's {@code /proc} (proc_pid_stat(5), proc_pid_status(5)). */
final class Usage {

    private static final double TICKS = 100; // a second, on every Linux that Java runs on

    private final ProcessHandle process;

    Usage(ProcessHandle process) {
        this.process = process;
    }

    /** CPU seconds since its start, in user and kernel. */
    double cpuSeconds() {
        return all().mapToDouble(one -> {
                    String stat = read(one, "stat");
                    // The command's name, in parentheses, may hold spaces.
                    String[] fields =
                            stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
                    return stat.isEmpty() ? 0 : (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
                })
                .sum();
    }

    /** Resident memory in MiB. */
    double residentMiB() {
        return all().mapToDouble(one -> read(one, "status")
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                        .sum())
                .sum();
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(process), process.descendants());
    }

    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (NoSuchFileException ended) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
