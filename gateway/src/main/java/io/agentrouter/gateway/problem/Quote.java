package io.agentrouter.gateway.problem;

/** A client's word, safe and short enough to repeat in an answer. */
public final class Quote {

    private static final int LONGEST = 64;

    private Quote() {}

    /** The word in single quotes, anything but printable ASCII as {@code ?}. */
    public static String of(String word) {
        String start = word.length() > LONGEST ? word.substring(0, LONGEST) : word;
        return "'" + start.replaceAll("[^\\x20-\\x7E]", "?") + (start.length() < word.length() ? "...'" : "'");
    }
}
