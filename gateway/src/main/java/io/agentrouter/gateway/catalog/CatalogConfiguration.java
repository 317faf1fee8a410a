package io.agentrouter.gateway.catalog;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RouterProperties.class)
class CatalogConfiguration {

    @Bean
    Catalog catalog(RouterProperties properties) {
        var types = properties.agents().entrySet().stream()
                .map(entry -> entry.getValue().named(entry.getKey()))
                .toList();
        return new Catalog(types, properties.maxBuffered(), properties.maxBufferedSum(), properties.maxDepth());
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
