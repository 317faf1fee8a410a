package io.agentrouter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** Commands beside the sandbox's own process, as an ordinary user, as in a pod's container. */
@EnabledIf("io.agentrouter.sandbox.Machine#hasLandlock")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InPlaceTest {

    private final TestSandbox started;

    InPlaceTest() throws IOException {
        started = TestSandbox.start(
                User.ordinary(), CommandTests.ENVIRONMENT, CommandTests.with("sandbox.isolation=container"));
    }

    @AfterAll
    void stop() throws IOException {
        started.close();
    }

    @Nested
    class Walls extends CommandsInPlace {
        Walls() {
            super(started);
        }
    }

    @Nested
    class Limits extends HostileCommands {
        Limits() {
            super(started);
        }

        /** Starts no process: all commands are one user here, who has too many until the watch has ended the hostile one. */
        @Override
        String witness() {
            return Python.WITNESS;
        }

        @Test
        void temporaryFilesThatAreTooLarge_endTheCommand() {
            var result = run(15, "for i in 1 2 3; do head -c 15000000 /dev/zero > $TMPDIR/f$i; done; sleep 10");

            assertThat(result.path("ended").asString()).isEqualTo("disk");
        }
    }
}
