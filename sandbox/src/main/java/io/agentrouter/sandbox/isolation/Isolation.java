package io.agentrouter.sandbox.isolation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A kind of wall around commands. */
public interface Isolation {

    /** The word for it in {@code /health}. */
    String mode();

    /** What of a command and the rest of the machine it keeps apart: {@code files}, {@code processes}, {@code network}. */
    List<String> separates();

    /** Starts a job's first process, on a thread that may have given up rights for it. */
    Process start(Job job, Starter starter) throws IOException;

    /** Whether commands run among this process's own processes and files. */
    boolean inPlace();

    /** Where a job's temporary files are, if among this process's own; to be deleted when nothing of the job runs. */
    Optional<Path> temporary(Job job);

    /** Deletes what commands left where all of them reach it; to be called while none runs. */
    void deleteShared() throws IOException;

    /** The directories in which commands look for programs, as seen from this process. */
    List<String> searchPath();

    /** Knows where the output goes. */
    interface Starter {
        Process start(ProcessBuilder builder) throws IOException;
    }
}
