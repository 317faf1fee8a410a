package io.agentrouter.runtime.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationPropertiesTest {

    @ParameterizedTest
    @CsvSource({
        "tokens=0, field 'tokens'",
        "ttl=0s, field 'ttl'",
        "redis-wait=0s, field 'redisWait'",
        "turn-wait=-1s, field 'turnWait'",
        "max-waiting=-1, field 'maxWaiting'",
        "lease=1ms, field 'lease'",
        "poll=9s, agent.conversation.poll must be at most a third of agent.conversation.lease"
    })
    void valueThatCannotServe_stopsTheStartAndIsNamed(String setting, String named) {
        assertThatThrownBy(() -> Pod.start(1, "agent.conversation." + setting))
                .hasStackTraceContaining("agent.conversation")
                .hasStackTraceContaining(named);
    }
}
