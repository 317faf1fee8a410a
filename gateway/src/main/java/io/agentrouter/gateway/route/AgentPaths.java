package io.agentrouter.gateway.route;

import org.jspecify.annotations.Nullable;

/** The paths at which agents are asked. */
final class AgentPaths {

    /** For any type. */
    static final String PLAIN = "/v1/chat/completions";

    /** For the type that the path names. */
    static final String TYPED = "/agents/{type}" + PLAIN;

    private static final String AGENTS = "/agents/";
    private static final String LIST = "/agents";
    private static final String MODELS = "/v1/models";

    private AgentPaths() {}

    /**
     * Which of them it is, as everybody writes them; other spellings of the same, such as {@code /v1/chat/completion%73}, are for Spring's matching.
     *
     * @param path as it came, percent-encoded
     * @return null if none
     */
    static @Nullable String pattern(String path) {
        if (path.equals(PLAIN)) {
            return PLAIN;
        }
        int end = path.length() - PLAIN.length();
        boolean isTyped = path.startsWith(AGENTS)
                && path.endsWith(PLAIN)
                && end > AGENTS.length()
                && path.indexOf('/', AGENTS.length()) == end;
        return isTyped ? TYPED : null;
    }

    /**
     * Whether it says which agents there are.
     *
     * @param path as it came, percent-encoded
     */
    static boolean isList(String path) {
        return path.equals(LIST) || path.equals(MODELS) || path.startsWith(MODELS + "/");
    }
}
