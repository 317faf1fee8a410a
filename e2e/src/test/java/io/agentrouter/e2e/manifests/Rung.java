package io.agentrouter.e2e.manifests;

/** Two numbers of which one must stay below the other, in seconds or MiB. */
record Rung(String lowerName, double lower, String upperName, double upper) {

    boolean holds() {
        return lower < upper;
    }

    @Override
    public String toString() {
        return "%s (%.0f) must be less than %s (%.0f)".formatted(lowerName, lower, upperName, upper);
    }
}
