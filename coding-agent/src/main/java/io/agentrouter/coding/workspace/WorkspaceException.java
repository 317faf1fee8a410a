package io.agentrouter.coding.workspace;

import java.io.IOException;

/** Something in a workspace cannot be done; the message is a sentence for the client and the model. */
public final class WorkspaceException extends IOException {

    private static final long serialVersionUID = 1L;

    public WorkspaceException(String message) {
        super(message);
    }
}
