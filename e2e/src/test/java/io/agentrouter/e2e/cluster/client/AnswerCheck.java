package io.agentrouter.e2e.cluster.client;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads an answer line by line, and finds out whether it is whole. */
final class AnswerCheck {

    private static final Pattern NUMBER = Pattern.compile("#(\\d+)");
    private static final String DATA = "data: ";

    private final boolean stream;
    private final int count;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private String error = "";
    private boolean done;

    AnswerCheck(Plan plan) {
        this.stream = plan.stream();
        this.count = plan.count();
    }

    void line(String line) {
        if (stream && line.startsWith(DATA)) {
            event(line.substring(DATA.length()));
        } else {
            body.append(line).append('\n');
        }
    }

    /** What has come of the answer's text. */
    String text() {
        return text.toString();
    }

    /** What is wrong with the whole answer; empty if nothing is. */
    String problem(int status) {
        if (status != 200) {
            return "status " + status + " " + code(json(body.toString()));
        }
        if (!stream) {
            text.append(json(body.toString()).at("/choices/0/message/content").asString(""));
        }
        if (!error.isEmpty()) {
            return "error event " + error;
        }
        if (stream && !done) {
            return "cut: no [DONE] after " + text.length() + " characters";
        }
        return count == 0 ? "" : wrongNumber();
    }

    private void event(String data) {
        if (data.equals("[DONE]")) {
            done = true;
            return;
        }
        JsonNode chunk = json(data);
        if (chunk.has("error")) {
            error = code(chunk);
        }
        text.append(chunk.at("/choices/0/delta/content").asString(""));
    }

    private String wrongNumber() {
        Matcher numbers = NUMBER.matcher(text);
        int last = 0;
        while (numbers.find()) {
            int next = Integer.parseInt(numbers.group(1));
            if (next != last + 1) {
                return "#" + next + " after #" + last;
            }
            last = next;
        }
        return last == count ? "" : "ends at #" + last + " of " + count;
    }

    private static String code(JsonNode body) {
        return body.at("/error/code").asString("without a code");
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            return JsonMapper.shared().createObjectNode();
        }
    }
}
