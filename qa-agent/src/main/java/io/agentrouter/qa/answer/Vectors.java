package io.agentrouter.qa.answer;

import org.apache.lucene.util.VectorUtil;

/** The little vector arithmetic that answers need; all vectors have length 1. */
final class Vectors {

    private Vectors() {}

    static float cosine(float[] a, float[] b) {
        return VectorUtil.dotProduct(a, b);
    }

    /** The direction between two vectors, {@code weight} of the way's strength given by the second. */
    static float[] blend(float[] first, float[] second, float weight) {
        float[] blended = new float[first.length];
        for (int i = 0; i < blended.length; i++) {
            blended[i] = first[i] + weight * second[i];
        }
        return VectorUtil.l2normalize(blended);
    }
}
