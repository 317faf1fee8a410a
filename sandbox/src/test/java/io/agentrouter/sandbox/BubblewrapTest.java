package io.agentrouter.sandbox;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** Bubblewrap as whoever runs the tests: root where that is root. */
@EnabledIf("io.agentrouter.sandbox.Machine#hasBubblewrap")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BubblewrapTest {

    private final TestSandbox started;

    BubblewrapTest() throws IOException {
        started = TestSandbox.start(
                User.SELF, CommandTests.ENVIRONMENT, CommandTests.with("sandbox.isolation=bubblewrap"));
    }

    @AfterAll
    void stop() throws IOException {
        started.close();
    }

    @Nested
    class Walls extends BubblewrapCommands {
        Walls() {
            super(started);
        }
    }

    @Nested
    class Limits extends HostileCommands {
        Limits() {
            super(started);
        }
    }
}
