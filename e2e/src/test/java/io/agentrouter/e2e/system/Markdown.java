package io.agentrouter.e2e.system;

import java.util.List;
import java.util.regex.Pattern;

/** The fenced code in this repository's pages, which is run as it stands there. */
public final class Markdown {

    private static final Pattern FENCED = Pattern.compile("(?ms)^( *)```(\\w*)\\n(.*?)^ *```$");

    private Markdown() {}

    /** A block of code and its language, empty if it names none. */
    public record Block(String language, String code) {}

    public static List<Block> blocks(String file) {
        return FENCED.matcher(Repository.read(file))
                .results()
                .map(match -> new Block(match.group(2), match.group(3).stripIndent()))
                .toList();
    }

    /** The code of the only block in a language. */
    public static String only(String file, String language) {
        List<String> found = blocks(file).stream()
                .filter(block -> block.language().equals(language))
                .map(Block::code)
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " blocks of " + language + " in " + file);
        }
        return found.getFirst();
    }
}
