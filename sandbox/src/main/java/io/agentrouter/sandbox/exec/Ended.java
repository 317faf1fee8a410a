package io.agentrouter.sandbox.exec;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What ended a command. */
public enum Ended {
    /** It ended by itself, or by a signal that was not the sandbox's. */
    @JsonProperty("exited")
    EXITED,
    /** Its time was over. */
    @JsonProperty("timeout")
    TIMEOUT,
    /** Its process tree held more memory than it may. */
    @JsonProperty("memory")
    MEMORY,
    /** It had more processes and threads than it may. */
    @JsonProperty("processes")
    PROCESSES,
    /** Its workspace held more bytes or files than it may, or the disk was nearly full. */
    @JsonProperty("disk")
    DISK,
    /** It printed more than anybody would read. */
    @JsonProperty("output")
    OUTPUT,
    /** Whoever asked for it went away, or the sandbox was stopped. */
    @JsonProperty("cancelled")
    CANCELLED
}
