package io.agentrouter.runtime.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentrouter.runtime.slots.Slots;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each test has an agent of its own, and no two run at once: with its end, an agent closes what both would share. */
class SlotsFromTheStartTest {

    @Test
    void watcher_seesTheDrain() throws Exception {
        try (Demo ending = Demo.start();
                RawClient watcher = RawClient.watches(ending)) {
            watcher.readUntil("data: {\"slots\":4,\"free\":4,\"draining\":false}\n\n");
            ending.bean(Slots.class).drain();
            watcher.readUntil("data: {\"slots\":4,\"free\":0,\"draining\":true}\n\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"agent.memory-limit=20Mi", "agent.memory-per-run=0", "agent.base-memory=64Mi"})
    void limitThatHoldsNoRun_failsTheStartAndNamesTheKeys(String setting) {
        assertThatThrownBy(() -> Demo.start(setting).close())
                .hasStackTraceContaining("agent.memory-limit less agent.base-memory must hold at least one");
    }
}
