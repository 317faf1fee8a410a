package io.agentrouter.coding.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.DeleteDelta;
import com.github.difflib.patch.InsertDelta;
import com.github.difflib.patch.Patch;
import java.util.BitSet;
import java.util.List;

/**
 * Which lines went and came. Where lines were replaced this is one delta, so that a patch shows what went before what
 * came; the algorithm may tell of both apart, in either order.
 */
final class LineDiff {

    private final List<String> before;
    private final List<String> after;
    private final BitSet gone = new BitSet();
    private final BitSet come = new BitSet();

    private LineDiff(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /** In memory that grows with the lines only: what is compared may be made to be as different as can be. */
    static Patch<String> of(List<String> before, List<String> after) {
        LineDiff diff = new LineDiff(before, after);
        DiffUtils.diff(before, after, new MyersDiffWithLinearSpace<>(), null)
                .getDeltas()
                .forEach(diff::mark);
        return diff.patch();
    }

    private void mark(AbstractDelta<String> delta) {
        mark(gone, delta.getSource());
        mark(come, delta.getTarget());
    }

    private static void mark(BitSet lines, Chunk<String> chunk) {
        lines.set(chunk.getPosition(), chunk.getPosition() + chunk.size());
    }

    private Patch<String> patch() {
        Patch<String> patch = new Patch<>();
        int from = 0;
        int to = 0;
        while (from < before.size() || to < after.size()) {
            int fromEnd = gone.nextClearBit(from);
            int toEnd = come.nextClearBit(to);
            if (fromEnd > from || toEnd > to) {
                patch.addDelta(delta(
                        new Chunk<>(from, before.subList(from, fromEnd)), new Chunk<>(to, after.subList(to, toEnd))));
            }
            from = fromEnd + 1;
            to = toEnd + 1;
        }
        return patch;
    }

    private static AbstractDelta<String> delta(Chunk<String> source, Chunk<String> target) {
        if (source.size() == 0) {
            return new InsertDelta<>(source, target);
        }
        return target.size() == 0 ? new DeleteDelta<>(source, target) : new ChangeDelta<>(source, target);
    }
}
