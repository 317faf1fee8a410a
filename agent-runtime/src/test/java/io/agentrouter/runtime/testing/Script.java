package io.agentrouter.runtime.testing;

import static io.agentrouter.runtime.testing.Chunks.finish;
import static io.agentrouter.runtime.testing.Chunks.toolArguments;
import static io.agentrouter.runtime.testing.Chunks.toolStart;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What the scripted model does with one call, move by move. Unless it is told otherwise an answer ends as OpenAI's do:
 * a finish reason, usage when the client asked for it, {@code [DONE]}.
 *
 * <pre>{@code
 * Script.text("Hel", "lo").pause(ofSeconds(5)).text("!").usage(12, 3)
 * Script.tool("search", "{\"query\":", "\"slots\"}")
 * Script.status(429).header("Retry-After", "1")
 * Script.silence()
 * Script.text("Hel").resetInChunk("lo")
 * }</pre>
 */
public final class Script {

    private static final Duration FOREVER = Duration.ofDays(1);

    private final int status;
    private final Map<String, String> headers;
    private final List<Move> moves;
    private final Ending ending;

    /** How an answer ends of itself; without a finish reason the connection just ends. */
    private record Ending(@Nullable String finishReason, long prompt, long completion) {}

    private Script(int status, Map<String, String> headers, List<Move> moves, Ending ending) {
        this.status = status;
        this.headers = headers;
        this.moves = moves;
        this.ending = ending;
    }

    private static Script answer() {
        Map<String, String> eventStream = Map.of("Content-Type", "text/event-stream");
        return new Script(200, eventStream, List.of(), new Ending("stop", 7, 5));
    }

    /** Streams text, each piece a chunk of its own. */
    public static Script text(String... pieces) {
        return answer().andText(pieces);
    }

    /** Calls a tool; each piece of its arguments is a chunk of its own. */
    public static Script tool(String name, String... arguments) {
        return answer().andTool(name, arguments);
    }

    /** Takes the request and never answers, not even with a head. */
    public static Script silence() {
        return answer().pause(FOREVER);
    }

    /** Sends the head of an answer and nothing more. */
    public static Script headThenSilence() {
        return answer().with(new Move.Head()).pause(FOREVER);
    }

    /** Waits before it sends anything, the head included. */
    public static Script after(Duration time) {
        return answer().pause(time);
    }

    /** Resets the connection without an answer. */
    public static Script reset() {
        return answer().with(new Move.Reset()).endingAbruptly();
    }

    /** Refuses with a status and an error body that quotes the request's key, as careless servers do. */
    public static Script status(int status) {
        Map<String, String> json = Map.of("Content-Type", "application/json");
        return new Script(status, json, List.of(new Move.Refuse()), new Ending(null, 0, 0));
    }

    public Script andText(String... pieces) {
        Script script = this;
        for (String piece : pieces) {
            script = script.with(new Move.Send(Chunks.text(piece)));
        }
        return script;
    }

    public Script andTool(String name, String... arguments) {
        int index =
                (int) moves.stream().filter(Move.StartTool.class::isInstance).count();
        Script script = with(new Move.StartTool(toolStart(index, name)));
        for (String piece : arguments) {
            script = script.with(new Move.Send(toolArguments(index, piece)));
        }
        return script.ending(new Ending("tool_calls", ending.prompt, ending.completion));
    }

    /** Does nothing for a while; as the first move it delays the head too. */
    public Script pause(Duration time) {
        return with(new Move.Pause(time));
    }

    /** Does nothing until a test says so. */
    public Script until(CompletableFuture<?> event) {
        return with(new Move.Await(event));
    }

    public Script thenSilence() {
        return pause(FOREVER);
    }

    /** Sends a chunk up to where its text would begin, then resets the connection. */
    public Script resetInChunk(String text) {
        String chunk = Chunks.text(text);
        int middle = chunk.indexOf("\"content\":\"") + "\"content\":\"".length();
        return with(new Move.Send(chunk.substring(0, middle)))
                .pause(Duration.ofMillis(50))
                .with(new Move.Reset())
                .endingAbruptly();
    }

    /** Sends these very bytes in one write. */
    public Script raw(String bytes) {
        return with(new Move.Send(bytes));
    }

    /** Ends the response cleanly after the last move, without finish reason, usage and {@code [DONE]}. */
    public Script endingAbruptly() {
        return ending(new Ending(null, 0, 0));
    }

    public Script finishReason(String reason) {
        return ending(new Ending(reason, ending.prompt, ending.completion));
    }

    /** What the answer's usage says. */
    public Script usage(long prompt, long completion) {
        return ending(new Ending(ending.finishReason, prompt, completion));
    }

    /** As servers do that do not know {@code include_usage}. */
    public Script withoutUsage() {
        return usage(-1, -1);
    }

    public Script header(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Script(status, more, moves, ending);
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** Every move, the usual ending included. */
    List<Move> moves(boolean usageWanted) {
        List<Move> all = new ArrayList<>(moves);
        if (ending.finishReason != null) {
            all.add(new Move.Send(finish(ending.finishReason)));
            if (usageWanted && ending.prompt >= 0) {
                all.add(new Move.Send(Chunks.usage(ending.prompt, ending.completion)));
            }
            all.add(new Move.Send(Chunks.DONE));
        }
        return all;
    }

    private Script with(Move move) {
        return new Script(status, headers, append(moves, move), ending);
    }

    private Script ending(Ending other) {
        return new Script(status, headers, moves, other);
    }

    private static List<Move> append(Collection<Move> moves, Move move) {
        List<Move> more = new ArrayList<>(moves);
        more.add(move);
        return List.copyOf(more);
    }
}
