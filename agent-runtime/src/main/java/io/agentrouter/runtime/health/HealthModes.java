package io.agentrouter.runtime.health;

import java.util.Set;

/** Names for {@code modes} in {@code GET /health}: what is switched off or unusual, without being a failure. */
public interface HealthModes {

    /** The modes that hold now, for example {@code offline}. */
    Set<String> modes();
}
