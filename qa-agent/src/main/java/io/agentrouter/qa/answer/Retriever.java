package io.agentrouter.qa.answer;

import io.agentrouter.qa.index.Embedder;
import io.agentrouter.qa.index.LiveIndex;
import io.agentrouter.qa.index.PassageIndex;
import io.agentrouter.qa.index.Words;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the passages that a question is about. Takes milliseconds of CPU: not for an event loop. */
public final class Retriever {

    /** How much of a follow-up's meaning comes from the questions before it. */
    private static final float WEIGHT_OF_BEFORE = 0.5f;

    private final LiveIndex index;
    private final Embedder embedder;
    private final int limit;

    /**
     * A retriever over whatever index is current.
     *
     * @param limit passages that an answer may rest on
     */
    public Retriever(LiveIndex index, Embedder embedder, int limit) {
        this.index = index;
        this.embedder = embedder;
        this.limit = limit;
    }

    /** The best passages, best first; empty as long as there is no index. */
    Optional<Retrieved> retrieve(Question question) throws IOException {
        return index.search(current -> retrieve(question, current));
    }

    private Retrieved retrieve(Question question, PassageIndex current) throws IOException {
        float[] meaning = meaning(question);
        return new Retrieved(
                meaning, rarities(question, current), current.search(question.withBefore(), meaning, limit));
    }

    private float[] meaning(Question question) {
        float[] vector = embedder.embed(question.text());
        return question.before().isEmpty()
                ? vector
                : Vectors.blend(vector, embedder.embed(question.before()), WEIGHT_OF_BEFORE);
    }

    private static Map<String, Double> rarities(Question question, PassageIndex index) throws IOException {
        Map<String, Double> rarities = new HashMap<>();
        for (String stem : Words.stems(question.text())) {
            rarities.put(stem, index.rarity(stem));
        }
        return rarities;
    }
}
