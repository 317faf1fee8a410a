package io.agentrouter.coding.tool;

/** Shortens text. */
public final class Clip {

    private Clip() {}

    /** Keeps the head and, twice as much, the tail: that is where a build says what failed. */
    public static String middle(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int head = limit / 3;
        int tail = limit - head;
        return text.substring(0, head) + "\n[… " + (text.length() - limit) + " characters left out …]\n"
                + text.substring(text.length() - tail);
    }

    /** Keeps the beginning. */
    static String end(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit) + "…";
    }
}
