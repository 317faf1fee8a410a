package io.agentrouter.qa.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.qa.index.LiveIndex;
import io.agentrouter.qa.index.MiniLm;
import io.agentrouter.qa.index.ShippedIndex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How well answers are found and refused without a model: 32 questions that this project's documentation answers, 16 that
 * it does not. The threshold was chosen on the same questions, so others will do a little worse.
 */
class EvaluationTest {

    /** A question, what its answer has to say, and the files that say it; neither if the documents do not. */
    private record Case(String question, String fact, List<String> files, List<Quote> ranked) {

        boolean isAnswerable() {
            return !fact.isEmpty();
        }

        Answer answer(double threshold) {
            return ExtractiveAnswer.of(ranked, threshold);
        }

        boolean isAnsweredRightly(double threshold) {
            return isAnswerable()
                    && answer(threshold).citations().stream()
                            .anyMatch(citation -> files.contains(citation.source())
                                    && citation.quote().contains(fact));
        }
    }

    private static final List<Case> CASES = new ArrayList<>();

    @BeforeAll
    static void ask() throws IOException {
        MiniLm embedder = new MiniLm();
        try (LiveIndex index = new LiveIndex();
                InputStream cases = EvaluationTest.class.getResourceAsStream("/evaluation.csv")) {
            index.replace(ShippedIndex.open());
            Retriever retriever = new Retriever(index, embedder, 6);
            for (String line : new String(cases.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                String[] parts = line.split("\\|", 3);
                String question = parts[0].strip();
                Retrieved found = retriever.retrieve(new Question(question, "")).orElseThrow();
                CASES.add(new Case(
                        question,
                        parts[1].strip(),
                        List.of(parts[2].strip().split(" ", -1)),
                        new Extractor(embedder).rank(found)));
            }
        }
    }

    @Test
    void answersWithoutAModel_areMostlyRightAndMostlyThere() {
        for (int percent = 40; percent <= 100; percent += 5) {
            double threshold = percent / 100.0;
            System.out.printf(
                    "threshold %.2f: precision %.2f, recall %.2f%n",
                    threshold, precision(threshold), recall(threshold));
        }
        double threshold = ExtractiveAnswer.THRESHOLD;
        System.out.printf("chosen %.2f: %.2f, %.2f%n", threshold, precision(threshold), recall(threshold));

        assertThat(precision(threshold)).as("answers that are right").isGreaterThanOrEqualTo(0.65);
        assertThat(recall(threshold)).as("questions answered rightly").isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void questionsThatTheDocumentsDoNotAnswer_areRefusedButForAFew() {
        assertThat(CASES)
                .filteredOn(question -> !question.isAnswerable())
                .filteredOn(question ->
                        !question.answer(ExtractiveAnswer.THRESHOLD).citations().isEmpty())
                .extracting(Case::question)
                .hasSizeLessThanOrEqualTo(2);
    }

    /** Of the questions that were answered, how many rightly. */
    private static double precision(double threshold) {
        long answered = CASES.stream()
                .filter(question -> !question.answer(threshold).citations().isEmpty())
                .count();
        return answered == 0 ? 0 : (double) right(threshold) / answered;
    }

    /** Of the questions that the documents answer, how many were answered rightly. */
    private static double recall(double threshold) {
        return (double) right(threshold)
                / CASES.stream().filter(Case::isAnswerable).count();
    }

    private static long right(double threshold) {
        return CASES.stream()
                .filter(question -> question.isAnsweredRightly(threshold))
                .count();
    }
}
