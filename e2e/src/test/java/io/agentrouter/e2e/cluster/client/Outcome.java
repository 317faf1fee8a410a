package io.agentrouter.e2e.cluster.client;

import tools.jackson.databind.json.JsonMapper;

/**
 * What became of one request, a line of JSON in the client's log. A stream says twice what it knows: when its first text
 * has come, and at its end.
 *
 * @param plan the plan's name
 * @param request which request of this client
 * @param ended false while its stream goes on
 * @param began milliseconds since 1970
 * @param status of HTTP; 0 when there was none
 * @param firstMillis from the request to the first text of its answer, or to the head of one that has none
 * @param millis from the request to now
 * @param complete whether the answer is whole, and nothing in it missing or there twice
 * @param problem why it is not; empty
 * @param text the end of the answer
 */
public record Outcome(
        String plan,
        int request,
        boolean ended,
        long began,
        int status,
        long firstMillis,
        long millis,
        boolean complete,
        String problem,
        String text) {

    private static final JsonMapper JSON = JsonMapper.shared();

    String write() {
        return JSON.writeValueAsString(this);
    }

    public static Outcome read(String line) {
        return JSON.readValue(line, Outcome.class);
    }
}
