package io.agentrouter.qa.document;

import java.util.List;

/**
 * A piece of a document, small enough to be embedded whole and quoted.
 *
 * @param source the file, relative to the folder, with {@code /} between its parts
 * @param heading the headings above it, empty if there is none
 * @param text its own words; a line break separates statements that stand alone
 */
public record Passage(String source, String heading, String text) {

    /** What is embedded: the heading gives a passage the subject that its own words often leave out. */
    public String withHeading() {
        return heading.isEmpty() ? text : heading + "\n" + text;
    }

    /** The passage's sentences, in order. */
    public List<String> sentences() {
        return Sentences.of(text);
    }
}
