package io.agentrouter.runtime.face;

import java.util.Locale;

/** What an agent does with a field of the request. */
enum Rule {
    HONOURED,
    WITHOUT_EFFECT,
    REFUSED;

    /** As docs/contract.md writes it. */
    String inWords() {
        return this == WITHOUT_EFFECT ? "accepted without effect" : name().toLowerCase(Locale.ROOT);
    }
}
