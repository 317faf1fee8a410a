package io.agentrouter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void nothingGiven_takesPort8080AndNeverRunsCommandsUnsafely() {
        assertThat(Options.parse()).isEqualTo(new Options(8080, false, false));
    }

    @Test
    void bothSpellingsOfPort_areRead() {
        assertThat(Options.parse("--port", "9000").port()).isEqualTo(9000);
        assertThat(Options.parse("--unsafe-exec", "--port=9001")).isEqualTo(new Options(9001, true, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--port", "--port=", "--port=0", "--port=65536", "--port=80a", "--port=-1", "--prot", "8080"})
    void wrongOption_isRefusedInOneSentence(String option) {
        assertThatThrownBy(() -> Options.parse(option))
                .isInstanceOfSatisfying(
                        LauncherException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessageMatching("[^\n]+\\.");
    }
}
