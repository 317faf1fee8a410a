package io.agentrouter.coding.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A file's lines as a patch writes them. */
final class Text {

    private static final String NO_NEWLINE = "\n\\ No newline at end of file";

    private Text() {}

    /**
     * Splits at line feeds only, so carriage returns stay in their lines. A last line that no line feed ends carries git's
     * mark with it: so it differs from the same line with one, and is printed right.
     *
     * @return empty if it is not UTF-8 text
     */
    static Optional<List<String>> lines(byte[] content) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
            return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(split(text));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            lines.add(text.substring(start, end));
            start = end + 1;
        }
        if (start < text.length()) {
            lines.add(text.substring(start) + NO_NEWLINE);
        }
        return lines;
    }
}
