package io.agentrouter.qa.answer;

import io.agentrouter.qa.document.Passage;

/**
 * A sentence of a passage, weighed against a question.
 *
 * @param meaning cosine of the sentence and the question, at most 1
 * @param words how much of the question's words the sentence and its heading hold, 0 to 1
 */
record Quote(Passage passage, String sentence, double meaning, double words) {

    private static final double WEIGHT_OF_WORDS = 0.5;

    double score() {
        return meaning + WEIGHT_OF_WORDS * words;
    }
}
