package io.agentrouter.sandbox.settings;

/** What stands between a command and the rest of the machine. */
public enum IsolationMode {
    /** Bubblewrap where it works, else off. */
    AUTO,
    /** Namespaces of its own for each command; a start without them fails. */
    BUBBLEWRAP,
    /** This process already lives in a container that holds nothing secret; commands run in place. */
    CONTAINER,
    /** No wall at all: commands run with every right of this process. */
    UNSAFE,
    /** No command runs. */
    OFF
}
