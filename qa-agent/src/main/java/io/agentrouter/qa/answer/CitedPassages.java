package io.agentrouter.qa.answer;

import io.agentrouter.qa.document.Passage;
import io.agentrouter.qa.index.Hit;
import io.agentrouter.runtime.agent.RunEvent.Citation;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The passages that a model's answer really names, by their numbers in the prompt. Numbers it made up are left out. */
final class CitedPassages {

    private static final Pattern NUMBER = Pattern.compile("\\[(\\d{1,3})]");

    private CitedPassages() {}

    /** What follows the model's text: the list of its sources, empty if it names none. */
    static Answer of(String modelText, Retrieved retrieved) {
        TreeMap<Integer, Citation> cited = new TreeMap<>();
        NUMBER.matcher(modelText)
                .results()
                .map(match -> Integer.parseInt(match.group(1)))
                .filter(number -> number >= 1 && number <= retrieved.hits().size())
                .forEach(number -> cited.computeIfAbsent(
                        number, n -> citation(retrieved.hits().get(n - 1), retrieved)));
        if (cited.isEmpty()) {
            return new Answer("", List.of());
        }
        String list = cited.entrySet().stream()
                .map(entry -> Sources.line(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n", "\n\nSources:\n", ""));
        return new Answer(list, List.copyOf(cited.values()));
    }

    /** The quote is the passage's sentence nearest to the question in words. */
    private static Citation citation(Hit hit, Retrieved retrieved) {
        Passage passage = hit.passage();
        String quote = passage.sentences().stream()
                .max(Comparator.comparingDouble(retrieved::wordsIn))
                .orElse(passage.text());
        return new Citation(passage.source(), passage.heading(), quote);
    }
}
