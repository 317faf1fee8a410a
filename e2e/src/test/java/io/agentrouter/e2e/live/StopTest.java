package io.agentrouter.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.LiveSystem;
import io.agentrouter.e2e.system.SharedSystem;
import io.agentrouter.local.testing.LauncherProcess;
import io.agentrouter.runtime.testing.Script;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How the system ends when it is asked to. */
@ExtendWith(SharedSystem.class)
class StopTest {

    private static final int SIGINT = 130;

    @Test
    @Tag("slow") // LauncherTest shows the same of stubs
    void ctrlC_stopsEverything_evenWhileARunIsUnderWay(LiveSystem system) {
        system.freshModel().next(Script.text("working ").thenSilence());
        system.client().open(Ask.of("qa", "Take your time.").streamed()).awaitText("working");

        LauncherProcess launcher = system.launcher().interrupt();

        assertThat(launcher.awaitExit()).isEqualTo(SIGINT);
        assertThat(launcher.parts()).hasSizeGreaterThan(5).noneMatch(ProcessHandle::isAlive);
    }
}
