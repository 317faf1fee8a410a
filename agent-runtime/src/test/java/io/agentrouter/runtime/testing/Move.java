package io.agentrouter.runtime.testing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One thing that a scripted answer does, in order. */
sealed interface Move {

    /** Sends these bytes in one write. */
    record Send(String bytes) implements Move {}

    /** Sends the chunk that opens a tool call. */
    record StartTool(String bytes) implements Move {}

    /** Does nothing for a while. */
    record Pause(Duration time) implements Move {}

    /** Does nothing until something has happened. */
    record Await(CompletableFuture<?> event) implements Move {}

    /** Sends the head of the answer, where nothing else has yet. */
    record Head() implements Move {}

    /** Sends OpenAI's error body. */
    record Refuse() implements Move {}

    /** Breaks the connection with a TCP reset. */
    record Reset() implements Move {}
}
