package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How many pods are asked that cannot be reached. */
class AttemptsTest extends FleetFixture {

    @Override
    String[] properties() {
        return with("router.endpoints.attempts=1", "router.endpoints.ejection.failures=1000");
    }

    @Test
    void onePodAway_isNotMadeUpForBeyondTheAttempts() throws IOException {
        one.close();
        two.answerJson("{}");
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            String answer = ask();
            answers.add(answer.contains("agent_unreachable") ? "unreachable" : answer);
        }
        assertThat(answers).containsExactlyInAnyOrder("unreachable", "{}");
    }
}
