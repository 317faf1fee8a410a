package io.agentrouter.qa.index;

/** Turns text into a vector whose direction stands for its meaning. */
public interface Embedder {

    /**
     * Embeds one text.
     *
     * @return a vector of length 1; the dot product of two is the cosine of their angle
     */
    float[] embed(String text);
}
