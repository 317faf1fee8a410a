package io.agentrouter.bench;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** Spring Cloud Gateway as it comes, with one route. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class StockGateway {

    static void main(String[] args) {
        var application = new SpringApplication(StockGateway.class);
        application.setDefaultProperties(Map.of(
                "server.address", "127.0.0.1",
                "server.port", args[0],
                "spring.main.banner-mode", "off",
                // As many as the others may have: its own limit is 500.
                "spring.cloud.gateway.server.webflux.httpclient.pool.max-connections", "20000",
                "spring.cloud.gateway.server.webflux.routes[0].id", "agents",
                "spring.cloud.gateway.server.webflux.routes[0].uri", "http://127.0.0.1:" + args[1],
                "spring.cloud.gateway.server.webflux.routes[0].predicates[0]", "Path=/**"));
        application.run();
    }
}
