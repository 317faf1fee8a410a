package io.agentrouter.qa.answer;

import io.agentrouter.qa.document.Passage;
import io.agentrouter.qa.index.Embedder;
import io.agentrouter.qa.index.Hit;
import io.agentrouter.qa.index.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Picks the sentences that answer a question in the documents' own words. */
public final class Extractor {

    /** Passages whose sentences are compared, and sentences in all: each costs an embedding. */
    private static final int PASSAGES = 4;

    private static final int SENTENCES = 32;
    /** A sentence of fewer words, such as "Yes.", says nothing by itself. */
    private static final int MIN_WORDS = 2;

    private final Embedder embedder;

    public Extractor(Embedder embedder) {
        this.embedder = embedder;
    }

    /** The sentences of the best passages, best first. */
    List<Quote> rank(Retrieved retrieved) {
        List<Quote> quotes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Hit hit :
                retrieved.hits().subList(0, Math.min(PASSAGES, retrieved.hits().size()))) {
            for (String sentence : hit.passage().sentences()) {
                if (quotes.size() < SENTENCES
                        && seen.add(sentence)
                        && Words.stems(sentence).size() >= MIN_WORDS) {
                    quotes.add(quote(retrieved, hit.passage(), sentence));
                }
            }
        }
        quotes.sort(Comparator.comparingDouble(Quote::score).reversed());
        return quotes;
    }

    private Quote quote(Retrieved retrieved, Passage passage, String sentence) {
        float meaning = Vectors.cosine(retrieved.meaning(), embedder.embed(sentence));
        double shared = retrieved.wordsIn(passage.heading() + " " + sentence);
        return new Quote(passage, sentence, meaning, shared);
    }
}
