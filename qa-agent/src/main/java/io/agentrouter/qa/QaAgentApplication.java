package io.agentrouter.qa;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
class QaAgentApplication {

    static void main(String[] args) {
        SpringApplication.run(QaAgentApplication.class, args);
    }
}
