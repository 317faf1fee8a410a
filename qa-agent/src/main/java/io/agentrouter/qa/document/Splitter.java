package io.agentrouter.qa.document;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Cuts sections into passages of bounded length, at the largest boundary that fits: block, sentence, word, character. */
final class Splitter {

    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final int maxLength;

    Splitter(int maxLength) {
        this.maxLength = maxLength;
    }

    /** The passages of one document, in order; a passage never reaches over a heading. */
    List<Passage> split(String source, List<Section> sections) {
        List<Passage> passages = new ArrayList<>();
        for (Section section : sections) {
            for (String text : join(
                    section.blocks().stream()
                            .flatMap(block -> fit(block).stream())
                            .toList(),
                    "\n")) {
                passages.add(new Passage(source, section.heading(), text));
            }
        }
        return passages;
    }

    private List<String> fit(String block) {
        if (block.length() <= maxLength) {
            return List.of(block);
        }
        List<String> pieces = new ArrayList<>();
        for (String sentence : Sentences.of(block)) {
            if (sentence.length() <= maxLength) {
                pieces.add(sentence);
            } else {
                pieces.addAll(join(words(sentence), " "));
            }
        }
        return join(pieces, block.indexOf('\n') < 0 ? " " : "\n");
    }

    private List<String> words(String sentence) {
        List<String> words = new ArrayList<>();
        for (String word : SPACE.splitAsStream(sentence).toList()) {
            for (int start = 0; start < word.length(); start += maxLength) {
                words.add(word.substring(start, Math.min(word.length(), start + maxLength)));
            }
        }
        return words;
    }

    private List<String> join(List<String> pieces, String separator) {
        List<String> joined = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (String piece : pieces) {
            if (!current.isEmpty() && current.length() + separator.length() + piece.length() > maxLength) {
                joined.add(current.toString());
                current.setLength(0);
            }
            current.append(current.isEmpty() ? "" : separator).append(piece);
        }
        if (!current.isEmpty()) {
            joined.add(current.toString());
        }
        return joined;
    }
}
