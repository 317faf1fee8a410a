package io.agentrouter.coding.tool;

/** Shortens text. */
public final class Clip {

    private Clip() {}

    /** Keeps the head and, twice as much, the tail: that is where a build says what failed. */
    public static String middle(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        int head = between(text, limit / 3);
        int tail = between(text, text.length() - (limit - head));
        return text.substring(0, head) + "\n[… " + (tail - head) + " characters left out …]\n" + text.substring(tail);
    }

    /** Keeps the beginning. */
    public static String end(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, between(text, limit)) + "…";
    }

    /** Half a character is no text, and not everybody who reads JSON takes it. */
    private static int between(String text, int at) {
        return at > 0 && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at)) ? at - 1 : at;
    }
}
