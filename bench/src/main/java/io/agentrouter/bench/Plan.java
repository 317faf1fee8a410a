package io.agentrouter.bench;

import java.util.List;

/**
 * How long it takes.
 *
 * @param warmUp seconds of full load before anything is measured: a JVM needs some 30 to compile what it runs
 * @param seconds of each measurement
 * @param rounds of which the median counts
 * @param openStreams at a time, where memory is measured; of the same number named again the median counts
 */
record Plan(int warmUp, int seconds, int rounds, List<Integer> openStreams) {

    static final Plan WHOLE = new Plan(50, 5, 5, List.of(5_000, 5_000, 5_000, 9_500));

    /** To see whether everything works; its figures say little. */
    static final Plan QUICK = new Plan(10, 4, 1, List.of(1_000));
}
