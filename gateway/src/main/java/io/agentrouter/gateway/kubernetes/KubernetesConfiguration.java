package io.agentrouter.gateway.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class KubernetesConfiguration {

    /** Where the API server is and who asks: the pod's service account, or the environment of whoever started this. */
    @Bean
    @ConditionalOnProperty(name = "router.endpoints.source", havingValue = "kubernetes")
    KubernetesClient kubernetes() {
        Config config = new ConfigBuilder(Config.autoConfigure(null))
                .withRequestRetryBackoffLimit(0) // informers try again by themselves
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
