package io.agentrouter.coding.workspace;

import java.io.IOException;

/** There is no room left for a run's files: not the client's fault, and perhaps over in a moment. */
public final class DiskFullException extends IOException {

    private static final long serialVersionUID = 1L;

    DiskFullException() {
        super("The agent's disk is full: try again later, or send less.");
    }

    /** As the kernel says it (ENOSPC, EDQUOT); Java has no exception of its own for it. */
    static boolean isMeantBy(IOException error) {
        String message = String.valueOf(error.getMessage());
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }
}
