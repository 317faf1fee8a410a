package io.agentrouter.qa.document;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts text into sentences. */
final class Sentences {

    private Sentences() {}

    /** Sentences in order, stripped and without empty ones; a line break ends a sentence too. */
    static List<String> of(String text) {
        List<String> sentences = new ArrayList<>();
        text.lines().forEach(line -> addSentences(line, sentences));
        return sentences;
    }

    private static void addSentences(String line, List<String> sentences) {
        BreakIterator iterator = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        iterator.setText(line);
        int start = 0;
        for (int end = iterator.next(); end != BreakIterator.DONE; end = iterator.next()) {
            if (isWithinAWord(line, end)) {
                continue;
            }
            String sentence = line.substring(start, end).strip();
            if (!sentence.isEmpty()) {
                sentences.add(sentence);
            }
            start = end;
        }
    }

    /** As in {@code ./run}: a full stop of ASCII ends a sentence only before a space; others need none. */
    private static boolean isWithinAWord(String line, int end) {
        return end < line.length() && line.charAt(end - 1) > ' ' && line.charAt(end - 1) < 128;
    }
}
