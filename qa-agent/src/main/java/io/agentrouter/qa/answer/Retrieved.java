package io.agentrouter.qa.answer;

import io.agentrouter.qa.index.Hit;
import io.agentrouter.qa.index.Words;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was found for a question.
 *
 * @param meaning the question as a vector of length 1
 * @param rarities the question's words, each with how much it tells passages apart
 * @param hits the passages, best first
 */
@SuppressWarnings("ArrayRecordComponent")
record Retrieved(float[] meaning, Map<String, Double> rarities, List<Hit> hits) {

    Retrieved {
        rarities = Map.copyOf(rarities);
        hits = List.copyOf(hits);
    }

    /** How much of the question's words a text holds, rare ones counting more, 0 to 1. */
    double wordsIn(String text) {
        Set<String> held = Words.stems(text);
        double asked =
                rarities.values().stream().mapToDouble(Double::doubleValue).sum();
        double found = rarities.entrySet().stream()
                .filter(word -> held.contains(word.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .sum();
        return asked == 0 ? 0 : found / asked;
    }
}
