package io.agentrouter.local;

/** What keeps the system from running, as a sentence for the person who started it. */
class LauncherException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Exit status for a wrong command line, apart from the 1 of everything else. */
    static final int USAGE = 2;

    private final int exitCode;

    LauncherException(String message) {
        this(message, 1);
    }

    LauncherException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
