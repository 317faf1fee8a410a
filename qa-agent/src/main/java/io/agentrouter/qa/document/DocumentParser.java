package io.agentrouter.qa.document;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads one format. */
interface DocumentParser {

    /**
     * Reads a file whole.
     *
     * @param file a regular file within the bounds of {@link DocumentLimits}
     * @return its text in order
     * @throws IOException if the file cannot be read or is not of the format; the message says why in a few words
     */
    List<Section> parse(Path file) throws IOException;
}
