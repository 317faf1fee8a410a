package io.agentrouter.sandbox;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class SandboxApplication {

    static void main(String[] args) {
        SpringApplication.run(SandboxApplication.class, args);
    }
}
