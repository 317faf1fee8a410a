package io.agentrouter.coding;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class CodingAgentApplication {

    static void main(String[] args) {
        SpringApplication.run(CodingAgentApplication.class, args);
    }
}
