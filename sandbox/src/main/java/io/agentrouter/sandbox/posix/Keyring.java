package io.agentrouter.sandbox.posix;

/** The kernel's key store, in which a user's session may hold tickets and keys. */
public final class Keyring {

    private static final long KEYCTL = System.getProperty("os.arch").equals("aarch64") ? 219 : 250;
    private static final long JOIN_SESSION_KEYRING = 1;

    private Keyring() {}

    /**
     * Gives the calling thread, and what it starts from now on, an empty keyring in place of its session's. Where the kernel
     * refuses, as it does in most containers, commands cannot ask it for keys either.
     */
    public static void beginEmpty() {
        Posix.syscall(KEYCTL, JOIN_SESSION_KEYRING, 0, 0, 0);
    }
}
