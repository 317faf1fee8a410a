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

    @Test
    void processBeyondItsLimit_isKilledByTheKernel() throws IOException, InterruptedException {
        Optional<CgroupLimits> limits = CgroupLimits.create(Path.of("/sys/fs/cgroup"));
        assumeThat(limits).as("a user who may make control groups").isPresent();
        Path groups = limits.orElseThrow().directory();
        try {
            List<String> hog = limits.get()
                    .wrap("hog", Memory.parse("32Mi"), List.of("sh", "-c", "head -c 200m /dev/zero | tail | wc -c"));
            Process process = new ProcessBuilder(hog).start();

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualToIgnoringNewLines("0");
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
