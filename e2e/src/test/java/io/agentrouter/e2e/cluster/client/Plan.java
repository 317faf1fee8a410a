package io.agentrouter.e2e.cluster.client;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What some clients of a kind do: ask, read the answer to its end, pause, ask again.
 *
 * @param name what the outcomes are called
 * @param workers how many do it at once
 * @param type the agent type
 * @param stream whether they ask for a stream
 * @param prompt the user's message
 * @param count the answer has to hold each of {@code #1 #2 …} up to this once and in order; 0 for an answer of any text
 * @param times how often each asks; 0 for until it is told to end
 * @param pauseMillis between an answer and the next request
 * @param conversation the conversation that they continue; empty for none
 */
public record Plan(
        String name,
        int workers,
        String type,
        boolean stream,
        String prompt,
        int count,
        int times,
        long pauseMillis,
        String conversation) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** Clients that ask for answers of {@code count} words, which the model takes {@code seconds} for. */
    public static Plan counting(int workers, String type, boolean stream, int count, int seconds) {
        String name = type + (stream ? " stream" : " json") + " of " + seconds + " s";
        return new Plan(name, workers, type, stream, prompt(count, seconds), count, 0, 100, "");
    }

    /** One client that asks once, whatever the answer may be. */
    public static Plan once(String type, boolean stream, String prompt) {
        return new Plan(type + (stream ? " stream" : " json"), 1, type, stream, prompt, 0, 1, 0, "");
    }

    public Plan times(int number) {
        return new Plan(name, workers, type, stream, prompt, count, number, pauseMillis, conversation);
    }

    public Plan by(int others) {
        return new Plan(name, others, type, stream, prompt, count, times, pauseMillis, conversation);
    }

    public Plan named(String other) {
        return new Plan(other, workers, type, stream, prompt, count, times, pauseMillis, conversation);
    }

    public Plan pausing(long millis) {
        return new Plan(name, workers, type, stream, prompt, count, times, millis, conversation);
    }

    public Plan in(String otherConversation) {
        return new Plan(name, workers, type, stream, prompt, count, times, pauseMillis, otherConversation);
    }

    public static String write(List<Plan> plans) {
        return JSON.writeValueAsString(plans);
    }

    static List<Plan> read(String json) {
        return List.of(JSON.readValue(json, Plan[].class));
    }

    private static String prompt(int count, int seconds) {
        return "Which numbers are there?\ncount to %d in %ds".formatted(count, seconds);
    }
}
