package io.agentrouter.qa.answer;

import io.agentrouter.runtime.agent.RunEvent.Citation;
import java.util.ArrayList;
import java.util.List;

/** Answers in the documents' own words, where there is no model to ask. */
final class ExtractiveAnswer {

    /**
     * The least score of a sentence that answers: the best of precision and recall together, measured over questions on
     * this project's documentation (EvaluationTest, which prints both over a range of thresholds).
     */
    static final double THRESHOLD = 0.75;
    /** A further sentence must come near the best one, or it distracts from it. */
    private static final double NEAR = 0.8;

    private static final int SENTENCES = 3;

    private ExtractiveAnswer() {}

    /** The best sentences, each with its source, or that the documents do not say. */
    static Answer of(List<Quote> ranked) {
        return of(ranked, THRESHOLD);
    }

    static Answer of(List<Quote> ranked, double threshold) {
        if (ranked.isEmpty() || ranked.getFirst().score() < threshold) {
            return new Answer("The documents do not say.", List.of());
        }
        double least = Math.max(threshold, NEAR * ranked.getFirst().score());
        List<Quote> best = ranked.stream()
                .limit(SENTENCES)
                .filter(quote -> quote.score() >= least)
                .toList();
        List<String> lines = new ArrayList<>();
        List<Citation> citations = new ArrayList<>();
        for (Quote quote : best) {
            int number = citations.size() + 1;
            citations.add(new Citation(
                    number, quote.passage().source(), quote.passage().heading(), quote.sentence()));
            lines.add("%s [%d]".formatted(quote.sentence(), number));
        }
        return new Answer(String.join("\n\n", lines), citations);
    }
}
