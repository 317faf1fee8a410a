package io.agentrouter.runtime.face;

import io.agentrouter.runtime.agent.RunEvent.Citation;
import io.agentrouter.runtime.agent.TokenUsage;
import java.util.ArrayList;
import java.util.List;

/** What a run has said so far. */
final class Answer {

    private final StringBuilder text = new StringBuilder();
    private final List<Citation> citations = new ArrayList<>();
    private TokenUsage usage = TokenUsage.NONE;

    void say(String more) {
        text.append(more);
    }

    void cite(Citation citation) {
        citations.add(citation);
    }

    void use(TokenUsage more) {
        usage = usage.plus(more);
    }

    String text() {
        return text.toString();
    }

    TokenUsage usage() {
        return usage;
    }

    /** Writes the list of sources under the text, and says where each stands in it. */
    List<Annotation> listSources() {
        List<Annotation> annotations = new ArrayList<>();
        for (Citation citation : citations) {
            text.append(annotations.isEmpty() ? "\n\nSources:\n" : "\n");
            int start = text.length();
            text.append("[%d] %s".formatted(citation.number(), inWords(citation)));
            annotations.add(Annotation.of(citation, start, text.length()));
        }
        return annotations;
    }

    int length() {
        return text.length();
    }

    String since(int start) {
        return text.substring(start);
    }

    private static String inWords(Citation citation) {
        String heading = citation.heading().isEmpty() ? "" : ", " + citation.heading();
        return "%s%s: \"%s\"".formatted(citation.source(), heading, citation.quote());
    }
}
