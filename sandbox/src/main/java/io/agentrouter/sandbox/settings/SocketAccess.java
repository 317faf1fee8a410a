package io.agentrouter.sandbox.settings;

/** Who reaches the socket. */
public enum SocketAccess {
    /** Only the user that runs the sandbox. */
    OWNER,
    /** The group of the socket's directory too: the two users of a pod share one. */
    GROUP
}
