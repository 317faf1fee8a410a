package io.agentrouter.sandbox;

import java.io.IOException;
import org.junit.jupiter.api.condition.EnabledIf;

/** Bubblewrap as whoever runs the tests: root where that is root. */
@EnabledIf("io.agentrouter.sandbox.Machine#hasBubblewrap")
class BubblewrapTest extends BubblewrapCommands {

    BubblewrapTest() throws IOException {
        super(TestSandbox.start(with("sandbox.isolation=bubblewrap")));
    }
}
