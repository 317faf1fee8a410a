package io.agentrouter.e2e.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.OfflineSystem;
import io.agentrouter.e2e.system.SharedSystem;
import io.agentrouter.local.testing.LauncherProcess;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How the system ends without being asked to, and that nothing of it stays. */
@ExtendWith(SharedSystem.class)
class StopTest {

    @Test
    @Tag("slow") // one more start of everything; LauncherTest shows the same of stubs
    void partThatDies_stopsEverythingAndIsNamedWithItsLastLines(OfflineSystem system) {
        system.part("coding-agent").destroyForcibly();
        LauncherProcess launcher = system.launcher();

        assertThat(launcher.awaitExit()).isEqualTo(1);
        assertThat(launcher.output())
                .contains("coding-agent ended with exit code 137, so everything is stopped")
                .containsPattern("coding-agent\\.log:\\n  \\| .+");
        assertThat(launcher.parts()).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    @Tag("slow")
    void launcherThatWasKilled_leavesNothingBehindAndStartsAgain(OfflineSystem killed) {
        LauncherProcess launcher = killed.launcher().kill();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(launcher.parts()).noneMatch(ProcessHandle::isAlive));
        try (OfflineSystem again = new OfflineSystem(killed.port())) {
            assertThat(again.client().ask(Ask.of("qa", "Which port?")).status()).isEqualTo(200);
        }
    }
}
