package io.agentrouter.runtime.face;

import io.agentrouter.runtime.agent.RunEvent.Citation;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A citation in the only shape that OpenAI's SDKs know, with the quote beside it. */
@JsonNaming(SnakeCaseStrategy.class)
record Annotation(String type, UrlCitation urlCitation) {

    /**
     * @param url the cited file, relative to the agent's folder of documents
     * @param title the heading, or the file when there is none
     * @param startIndex where the source's line in the answer's text begins, in UTF-16 units
     * @param endIndex where it ends, exclusive
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record UrlCitation(String url, String title, int startIndex, int endIndex, String quote) {}

    static Annotation of(Citation citation, int start, int end) {
        String title = citation.heading().isEmpty() ? citation.source() : citation.heading();
        return new Annotation("url_citation", new UrlCitation(citation.source(), title, start, end, citation.quote()));
    }
}
