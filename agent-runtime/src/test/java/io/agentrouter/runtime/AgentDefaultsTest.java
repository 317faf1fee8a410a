package io.agentrouter.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class AgentDefaultsTest {

    @Test
    void defaults_areThereWithoutAnyConfiguration() {
        try (ConfigurableApplicationContext application = run()) {
            assertThat(application.getEnvironment().getProperty("server.port")).isEqualTo("8000");
            assertThat(application.getEnvironment().getProperty("model.name")).isEqualTo("gpt-4o");
            assertThat(application.getEnvironment().getProperty("server.forward-headers-strategy"))
                    .isEqualTo("none");
        }
    }

    @Test
    void applicationYmlAndEnvironment_goBeforeTheDefaults(@TempDir Path config) throws IOException {
        Files.writeString(config.resolve("application.yml"), "server.port: 1234\nmodel.name: ${AGENT_MODEL:mine}\n");
        String location = "--spring.config.location=" + config + "/";
        try (ConfigurableApplicationContext application = run(location)) {
            assertThat(application.getEnvironment().getProperty("server.port")).isEqualTo("1234");
            assertThat(application.getEnvironment().getProperty("model.name")).isEqualTo("mine");
        }
        try (ConfigurableApplicationContext application = run(location, "--server.port=5678")) {
            assertThat(application.getEnvironment().getProperty("server.port")).isEqualTo("5678");
        }
    }

    @Test
    void keyByItsUsualName_isKnownBeforeTheFirstLineOfLog(CapturedOutput log) {
        run("--OPENAI_API_KEY=sk-any").close();
        assertThat(log).doesNotContain("Offline mode");

        run("--OPENAI_API_KEY=").close();
        assertThat(log).contains("Offline mode");
    }

    private static ConfigurableApplicationContext run(String... arguments) {
        return new SpringApplicationBuilder(Nothing.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
    }

    @Configuration
    static class Nothing {}
}
