package io.agentrouter.qa.index;

import io.agentrouter.qa.document.Listing;
import io.agentrouter.qa.document.Skipped;
import java.util.List;

/** A new index, what it was made of, and what had to be left out of it. */
record Draft(Listing listing, PassageIndex index, List<Skipped> skipped) {

    Draft {
        skipped = List.copyOf(skipped);
    }

    KnownPassages known() {
        return KnownPassages.of(listing.files(), index);
    }
}
