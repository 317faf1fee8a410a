package io.agentrouter.sandbox.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.sandbox.settings.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What no command can bring about in a test; the other limits are in {@code HostileCommands}. */
class DiskLimitsTest {

    @TempDir
    private Path workspace;

    @Test
    void diskWithLessFreeSpaceThanCommandsMustLeave_isExceeded() throws IOException {
        assertThat(withFreeDisk("0MB", "0").exceededBy(workspace, Optional.empty()))
                .isFalse();
        assertThat(withFreeDisk("1000000TB", "0").exceededBy(workspace, Optional.empty()))
                .isTrue();
    }

    @Test
    void diskWithASmallerShareFreeThanCommandsMustLeave_isExceeded() throws IOException {
        assertThat(withFreeDisk("0MB", "99").exceededBy(workspace, Optional.empty()))
                .isTrue();
    }

    private static DiskLimits withFreeDisk(String size, String percent) {
        var source = new MapConfigurationPropertySource(
                Map.of("limits.free-disk", size, "limits.free-disk-percent", percent));
        return new DiskLimits(new Binder(source).bindOrCreate("limits", Limits.class));
    }
}
