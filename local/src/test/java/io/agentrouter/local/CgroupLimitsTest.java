package io.agentrouter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupLimitsTest {

    /** 128 and the number of SIGKILL. */
    private static final int KILLED = 137;

    @Test
    void processBeyondItsLimit_isKilledByTheKernel() throws IOException, InterruptedException {
        Optional<CgroupLimits> limits = CgroupLimits.create(Path.of("/sys/fs/cgroup"));
        assumeThat(limits).as("a user who may make control groups").isPresent();
        Path groups = limits.orElseThrow().directory();
        try {
            // One process, so that there is no other one that the kernel could choose.
            List<String> hog = limits.get()
                    .wrap(
                            "hog",
                            Memory.parse("32Mi"),
                            List.of("dd", "if=/dev/zero", "of=/dev/null", "bs=200M", "count=1"));
            Process process = new ProcessBuilder(hog).redirectErrorStream(true).start();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(KILLED);
        } finally {
            Files.delete(groups.resolve("hog"));
            Files.delete(groups);
        }
    }

    @Test
    void placeWhereTheKernelMakesNoLimits_isLeftAsItWas(@TempDir Path root) {
        assertThat(CgroupLimits.create(root)).isEmpty();
        assertThat(root).isEmptyDirectory();
    }
}
