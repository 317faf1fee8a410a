package io.agentrouter.sandbox.exec;

import java.util.List;

/** All processes of one command. */
interface Family {

    /** Those of them that live. */
    List<ProcessEntry> members(ProcessTable table);

    /** Asks the members to end: those that the command itself is made of, not what stands around it. */
    void terminate(ProcessTable table);

    /** Ends them; to be called again until no member is left. */
    void kill(ProcessTable table);
}
