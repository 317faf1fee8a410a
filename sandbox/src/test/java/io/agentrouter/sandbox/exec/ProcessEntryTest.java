package io.agentrouter.sandbox.exec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProcessEntryTest {

    @Test
    void variable_isFoundAsAWholeOnly() throws IOException {
        Process process = sleepWith(Map.of("FIRST", "1", "MARK", "value", "OTHER", "MARK=longer"));
        try {
            ProcessEntry entry = entry(process);

            assertThat(entry.wasGiven("FIRST=1")).isTrue();
            assertThat(entry.wasGiven("MARK=value")).isTrue();
            assertThat(entry.wasGiven("OTHER=MARK=longer")).isTrue();
            assertThat(entry.wasGiven("MARK=longer")).isFalse();
            assertThat(entry.wasGiven("MARK=val")).isFalse();
            assertThat(entry.wasGiven("MARK=value2")).isFalse();
            assertThat(entry.wasGiven("ARK=value")).isFalse();
        } finally {
            process.destroy();
        }
    }

    @Test
    void environmentOfManyVariables_isNotHeldInMemory() throws IOException {
        Process process =
                sleepWith(IntStream.range(0, 50_000).boxed().collect(Collectors.toMap(i -> "V" + i, i -> "")));
        try {
            ProcessEntry entry = entry(process);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();

            boolean given = entry.wasGiven("MARK=value");

            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
            assertThat(given).isFalse();
        } finally {
            process.destroy();
        }
    }

    private static Process sleepWith(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sleep", "60");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static ProcessEntry entry(Process process) {
        return ProcessEntry.read(Path.of("/proc", Long.toString(process.pid()))).orElseThrow();
    }
}
