package io.agentrouter.e2e.cluster;

import java.util.Optional;

/** What {@code -D} says on Maven's command line. */
final class Setting {

    private Setting() {}

    static Optional<String> of(String name) {
        return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
    }
}
