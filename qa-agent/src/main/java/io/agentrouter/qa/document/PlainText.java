package io.agentrouter.qa.document;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Plain text: paragraphs are parted by blank lines. */
final class PlainText implements DocumentParser {

    private static final Pattern BLANK_LINES = Pattern.compile("\\R\\s*\\R");
    private static final Pattern LINE_BREAK = Pattern.compile("\\s*\\R\\s*");

    @Override
    public List<Section> parse(Path file) throws IOException {
        SectionCollector collector = new SectionCollector();
        for (String paragraph : BLANK_LINES.splitAsStream(read(file)).toList()) {
            collector.block(LINE_BREAK.matcher(paragraph).replaceAll(" "));
        }
        return collector.sections();
    }

    /** The file as text; what is not UTF-8 is refused rather than guessed at, since a wrong guess is quoted to users. */
    static String read(Path file) throws IOException {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            if (text.indexOf('\0') >= 0) {
                throw new IOException("not a text file");
            }
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IOException("not UTF-8 text", e);
        }
    }
}
