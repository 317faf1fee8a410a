package io.agentrouter.runtime.model;

import io.agentrouter.runtime.health.HealthCheck;
import io.agentrouter.runtime.health.HealthModes;
import io.agentrouter.runtime.trace.Tracing;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The model and what {@code GET /health} says about it. */
@AutoConfiguration
@EnableConfigurationProperties(ModelProperties.class)
class ModelAutoConfiguration {

    @Bean
    ApiKey modelApiKey(ModelProperties properties) {
        return new ApiKey(properties);
    }

    @Bean(destroyMethod = "dispose")
    Disposable modelApiKeyRefresh(ModelProperties properties, ApiKey key) {
        return Flux.interval(properties.apiKeyRefresh(), Schedulers.boundedElastic())
                .onBackpressureDrop()
                .subscribe(tick -> key.refresh());
    }

    @Bean
    ModelHttp modelHttp(ModelProperties properties, ObjectProvider<WebClient.Builder> builder, ApiKey key) {
        return new ModelHttp(properties, builder.getIfAvailable(WebClient::builder), key);
    }

    @Bean
    @ConditionalOnMissingBean(Model.class)
    OpenAiModel model(ModelProperties properties, ApiKey key, ModelHttp http, Tracing tracing) {
        return new OpenAiModel(properties, key, http, tracing);
    }

    @Bean
    HealthModes modelModes(ModelProperties properties, ApiKey key) {
        return () -> !properties.required() && key.current().isEmpty() ? Set.of("offline") : Set.of();
    }

    @Bean
    @ConditionalOnProperty("model.required")
    HealthCheck modelCheck(ApiKey key) {
        return new HealthCheck() {
            @Override
            public String name() {
                return "model";
            }

            @Override
            public Mono<Boolean> ok() {
                return Mono.fromSupplier(() -> key.current().isPresent());
            }
        };
    }
}
