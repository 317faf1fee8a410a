package io.agentrouter.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.agentrouter.e2e.system.LinuxProcess;
import io.agentrouter.e2e.system.LiveSystem;
import io.agentrouter.e2e.system.SharedSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets the settings of the model: the processes' own environments. */
@ExtendWith(SharedSystem.class)
class SecretsTest {

    private final LiveSystem system;

    SecretsTest(LiveSystem system) {
        this.system = system;
    }

    @BeforeAll
    static void onLinux() {
        assumeThat(Path.of("/proc/self/environ")).matches(Files::exists, "is a file of Linux");
    }

    @ParameterizedTest
    @ValueSource(strings = {"qa-agent", "coding-agent"})
    void agents_getKeyServerAndNameOfTheModel(String part) {
        assertThat(environment(part))
                .contains("OPENAI_API_KEY=" + LiveSystem.KEY, "AGENT_MODEL=" + LiveSystem.MODEL)
                .anyMatch(variable -> variable.startsWith("OPENAI_BASE_URL=http://127.0.0.1:"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sandbox", "gateway"})
    void otherParts_getNoneOfThem(String part) {
        assertThat(environment(part))
                .noneMatch(variable -> variable.contains(LiveSystem.KEY))
                .noneMatch(variable -> variable.startsWith("OPENAI_") || variable.startsWith("AGENT_MODEL"));
    }

    @Test
    void sandbox_getsNoAddressOfRedisEither() {
        assertThat(environment("sandbox")).noneMatch(variable -> variable.contains("redis://"));
    }

    private List<String> environment(String part) {
        List<String> environment = new LinuxProcess(system.part(part).pid()).environment();
        assertThat(environment).as("it can be read").anyMatch(variable -> variable.startsWith("PATH="));
        return environment;
    }
}
