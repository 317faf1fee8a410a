package io.agentrouter.qa.answer;

import io.agentrouter.qa.document.Passage;
import io.agentrouter.qa.index.Hit;
import io.agentrouter.runtime.agent.RunEvent.Citation;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** The passages that a model's answer really names, by their numbers in the prompt. Numbers it made up are left out. */
final class CitedPassages {

    private static final Pattern NUMBER = Pattern.compile("\\[(\\d{1,3})]");

    private CitedPassages() {}

    /** Each passage that the model's text names, once, by number; empty if it names none. */
    static List<Citation> in(String modelText, Retrieved retrieved) {
        return NUMBER.matcher(modelText)
                .results()
                .map(match -> Integer.parseInt(match.group(1)))
                .filter(number -> number >= 1 && number <= retrieved.hits().size())
                .distinct()
                .sorted()
                .map(number -> citation(number, retrieved))
                .toList();
    }

    /** The quote is the passage's sentence nearest to the question in words. */
    private static Citation citation(int number, Retrieved retrieved) {
        Hit hit = retrieved.hits().get(number - 1);
        Passage passage = hit.passage();
        String quote = passage.sentences().stream()
                .max(Comparator.comparingDouble(retrieved::wordsIn))
                .orElse(passage.text());
        return new Citation(number, passage.source(), passage.heading(), quote);
    }
}
