package io.agentrouter.coding.diff;

import java.util.List;

/**
 * What a run changed.
 *
 * @param patch in git's format, empty if nothing can be shown
 * @param notShown changes that the patch cannot show, each a path and why
 */
public record DiffReport(String patch, List<String> notShown) {

    public DiffReport {
        notShown = List.copyOf(notShown);
    }

    public boolean isEmpty() {
        return patch.isEmpty() && notShown.isEmpty();
    }
}
