package io.agentrouter.coding;

import java.util.regex.Pattern;

/** Markdown around text that may hold anything. */
final class Markdown {

    private static final Pattern FENCE = Pattern.compile("`{3,}");

    private Markdown() {}

    /** A fenced block whose fence is longer than any in the text. */
    static String fenced(String kind, String text) {
        int longest = FENCE.matcher(text)
                .results()
                .mapToInt(match -> match.group().length())
                .max()
                .orElse(2);
        String fence = "`".repeat(longest + 1);
        return fence + kind + "\n" + text + (text.endsWith("\n") ? "" : "\n") + fence + "\n";
    }
}
