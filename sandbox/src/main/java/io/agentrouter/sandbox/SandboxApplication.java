package io.agentrouter.sandbox;

import io.agentrouter.sandbox.settings.CleanEnvironment;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The sandbox as a process of its own: it knows no key, no Redis and no agent. */
@SpringBootApplication
@ConfigurationPropertiesScan
class SandboxApplication {

    static void main(String[] args) {
        CleanEnvironment.require(System.getenv());
        SpringApplication.run(SandboxApplication.class, args);
    }
}
