package io.agentrouter.gateway.catalog;

import io.agentrouter.gateway.catalog.Catalog.Origin;
import io.agentrouter.gateway.catalog.Catalog.Told;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.validation.Validator;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RouterProperties.class)
class CatalogConfiguration {

    @Bean
    Catalog catalog(RouterProperties properties, TypeReader reader) {
        Set<Origin> expected = switch (properties.endpoints().source()) {
            case STATIC -> EnumSet.of(Origin.CONFIGURATION);
            case KUBERNETES -> EnumSet.allOf(Origin.class);
        };
        var catalog =
                new Catalog(expected, properties.maxBuffered(), properties.maxBufferedSum(), properties.maxDepth());
        catalog.tell(Origin.CONFIGURATION, new Told(reader.configured(Stream.of()), List.of()));
        return catalog;
    }

    @Bean
    TypeReader typeReader(ConfigurableEnvironment environment, Validator validator, RouterProperties properties) {
        return new TypeReader(environment, validator, properties.endpoints());
    }

    @Bean
    @ConditionalOnProperty("router.catalog.file")
    CatalogFile catalogFile(Catalog catalog, RouterProperties properties, TypeReader reader) {
        Path file = Objects.requireNonNull(properties.catalog().file());
        return new CatalogFile(catalog, file, properties.catalog(), reader);
    }

    @Bean
    @ConditionalOnProperty(name = "router.endpoints.source", havingValue = "kubernetes")
    LabelledServices labelledServices(Catalog catalog, TypeReader reader, KubernetesClient client) {
        return new LabelledServices(catalog, reader, client);
    }

    @Bean
    TenantsSettings tenantsSettings(RouterProperties properties) {
        return new TenantsSettings(properties.tenants());
    }

    @Bean
    ClientLimits clientLimits(RouterProperties properties) {
        return properties.clients();
    }

    @Bean
    EndpointSettings endpointSettings(RouterProperties properties) {
        return properties.endpoints();
    }

    @Bean
    DiscoveryLimits discoveryLimits(RouterProperties properties) {
        return properties.discovery();
    }
}
