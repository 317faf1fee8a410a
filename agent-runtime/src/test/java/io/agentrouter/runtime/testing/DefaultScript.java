package io.agentrouter.runtime.testing;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A model that answers sensibly by itself: it echoes the question word by word. Lines of the question steer it:
 *
 * <ul>
 *   <li>{@code call NAME {"json":"arguments"}} calls a tool, if it was offered; several lines are called one after the
 *       other, a turn each, and then the answer quotes their results;
 *   <li>{@code stream for 60s} spreads the words of the answer over that time;
 *   <li>{@code count to 600 in 60s} answers {@code #1 #2 …} over that time, so that a reader sees what is missing or twice;
 *   <li>{@code quote my first message} answers the first message of the conversation.
 * </ul>
 */
public final class DefaultScript implements Function<ModelCall, Script> {

    private static final Pattern CALL = Pattern.compile("(?m)^\\s*call (\\S+) (\\{.*})\\s*$");
    private static final Pattern STREAM = Pattern.compile("(?m)^\\s*stream for (\\d+)s\\s*$");

    private static final Pattern COUNT = Pattern.compile("(?m)^\\s*count to (\\d+) in (\\d+)s\\s*$");

    private static final Pattern QUOTE = Pattern.compile("(?m)^\\s*quote my first message\\s*$");

    private final boolean callFirstTool;

    public DefaultScript() {
        this(false);
    }

    /**
     * @param callFirstTool whether a question without {@code call} lines calls the first tool that is offered, once, with
     *     the question for every argument that it requires
     */
    public DefaultScript(boolean callFirstTool) {
        this.callFirstTool = callFirstTool;
    }

    @Override
    public Script apply(ModelCall call) {
        List<MatchResult> wanted = CALL.matcher(call.question())
                .results()
                .filter(line -> offers(call, line.group(1)))
                .toList();
        int done = call.toolResults().size();
        if (done < wanted.size()) {
            return Script.tool(wanted.get(done).group(1), wanted.get(done).group(2));
        }
        if (wanted.isEmpty() && done == 0 && callFirstTool && !call.tools().isEmpty()) {
            JsonNode tool = call.tools().getFirst();
            return Script.tool(tool.path("name").asString(), arguments(tool, call.question()));
        }
        if (QUOTE.matcher(call.question()).find()) {
            return Script.text("You said first: ", call.userMessages().getFirst());
        }
        return COUNT.matcher(call.question())
                .results()
                .findFirst()
                .map(line -> count(Integer.parseInt(line.group(1)), Duration.ofSeconds(Long.parseLong(line.group(2)))))
                .orElseGet(() -> speak(call));
    }

    private static boolean offers(ModelCall call, String name) {
        return call.tools().stream()
                .anyMatch(tool -> tool.path("name").asString("").equals(name));
    }

    private static String arguments(JsonNode tool, String question) {
        var arguments = tools.jackson.databind.json.JsonMapper.shared().createObjectNode();
        tool.path("parameters").path("required").forEach(name -> arguments.put(name.asString(), question));
        return arguments.toString();
    }

    private static Script count(int last, Duration time) {
        String[] words =
                IntStream.rangeClosed(1, last).mapToObj(i -> "#" + i + " ").toArray(String[]::new);
        return spread(words, time.dividedBy(last)).usage(last, last);
    }

    private static Script speak(ModelCall call) {
        String answer = call.toolResults().isEmpty()
                ? "You asked: " + call.question()
                : "The tools said: " + String.join("\n", call.toolResults());
        String[] words = answer.splitWithDelimiters("(?<= )", 0);
        Duration each = STREAM.matcher(call.question())
                .results()
                .findFirst()
                .map(line -> Duration.ofSeconds(Long.parseLong(line.group(1))).dividedBy(words.length))
                .orElse(Duration.ZERO);
        return spread(words, each).usage(call.body().toString().length() / 4, words.length);
    }

    private static Script spread(String[] words, Duration each) {
        Script script = Script.text(words[0]);
        for (int i = 1; i < words.length; i++) {
            script = each.isZero()
                    ? script.andText(words[i])
                    : script.pause(each).andText(words[i]);
        }
        return script;
    }
}
