package io.agentrouter.sandbox;

import java.io.IOException;
import org.junit.jupiter.api.condition.EnabledIf;

/** Bubblewrap as a user without any privilege. */
@EnabledIf("io.agentrouter.sandbox.Machine#hasBubblewrap")
class BubblewrapAsOrdinaryUserTest extends BubblewrapCommands {

    BubblewrapAsOrdinaryUserTest() throws IOException {
        super(TestSandbox.startAsOrdinaryUser(with("sandbox.isolation=bubblewrap")));
    }
}
