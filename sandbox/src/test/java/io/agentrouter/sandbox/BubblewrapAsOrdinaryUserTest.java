package io.agentrouter.sandbox;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/** Bubblewrap as a user without any privilege. */
@EnabledIf("io.agentrouter.sandbox.Machine#hasBubblewrap")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BubblewrapAsOrdinaryUserTest {

    private final TestSandbox started;

    BubblewrapAsOrdinaryUserTest() throws IOException {
        started = TestSandbox.start(
                User.ordinary(), CommandTests.ENVIRONMENT, CommandTests.with("sandbox.isolation=bubblewrap"));
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

    // The limits are kept by the same watch as for whoever runs the tests.
    @Nested
    @Tag("slow")
    class Limits extends HostileCommands {
        Limits() {
            super(started);
        }
    }
}
