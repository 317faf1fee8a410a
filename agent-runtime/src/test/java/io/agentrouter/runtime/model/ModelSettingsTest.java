package io.agentrouter.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.agent.RunInput.ModelMode;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import io.agentrouter.runtime.trace.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

class ModelSettingsTest {

    @Test
    void keyAddressAndNameInTheEnvironment_reachTheModelsServer() {
        try (ScriptedModelServer server = ScriptedModelServer.start();
                ConfigurableApplicationContext context =
                        start("OPENAI_API_KEY=sk-1", "OPENAI_BASE_URL=" + server.baseUrl(), "AGENT_MODEL=small")) {
            Model model = context.getBean(Model.class);

            ModelUnderTest.whole(
                    model.turn(new ModelRequest(List.of(new Message.User("Hi")), List.of(), ModelOptions.DEFAULT)));

            assertThat(model.mode()).isEqualTo(ModelMode.LIVE);
            assertThat(server.lastCall().header("Authorization")).hasValue("Bearer sk-1");
            assertThat(server.lastCall().body().path("model").asString()).isEqualTo("small");
        }
    }

    @Test
    void nothingInTheEnvironment_isOffline() {
        try (ConfigurableApplicationContext context = start()) {
            assertThat(context.getBean(Model.class).mode()).isEqualTo(ModelMode.OFFLINE);
        }
    }

    private static ConfigurableApplicationContext start(String... environment) {
        return new SpringApplicationBuilder(Settings.class)
                .web(WebApplicationType.NONE)
                .properties(environment)
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(ModelAutoConfiguration.class)
    @PropertySource("classpath:agent-runtime.properties")
    static class Settings {

        @Bean
        Tracing tracing() {
            return new Tracing(OpenTelemetry.noop());
        }
    }
}
