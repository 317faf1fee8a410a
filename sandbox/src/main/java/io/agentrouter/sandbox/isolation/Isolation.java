package io.agentrouter.sandbox.isolation;

import java.io.IOException;
import java.util.List;

/** A kind of wall around commands. */
public interface Isolation {

    /** The word for it in {@code /health}. */
    String mode();

    /** The process to start for a job; its output is not yet redirected. */
    ProcessBuilder prepare(Job job) throws IOException;

    /** Whether commands run among this process's own processes and files. */
    boolean inPlace();

    /** The directories in which commands look for programs, as seen from this process. */
    List<String> searchPath();
}
