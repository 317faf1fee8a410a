package io.agentrouter.runtime;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

/** The settings that all parts of the runtime share; each part brings its own auto-configuration. */
@AutoConfiguration
@EnableConfigurationProperties(AgentProperties.class)
@Import(QuantityConverter.class)
class AgentRuntimeAutoConfiguration {

    @Bean
    @Profile("training")
    TrainingRun trainingRun() {
        return new TrainingRun();
    }
}
