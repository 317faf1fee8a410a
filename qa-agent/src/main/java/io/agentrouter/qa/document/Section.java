package io.agentrouter.qa.document;

import java.util.List;

/**
 * A stretch of a document under one heading.
 *
 * @param heading the headings above it, outermost first, joined by {@link #SEPARATOR}; empty if there is none
 * @param blocks its paragraphs, list items, table rows and code, in order; a line break in one separates statements
 */
record Section(String heading, List<String> blocks) {

    static final String SEPARATOR = " › ";

    Section {
        blocks = List.copyOf(blocks);
    }
}
