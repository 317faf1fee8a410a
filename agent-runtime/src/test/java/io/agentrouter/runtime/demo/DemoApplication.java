package io.agentrouter.runtime.demo;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A whole agent application, as small as one can be. */
@SpringBootApplication
class DemoApplication {

    @Bean
    DemoAgent agent() {
        return new DemoAgent();
    }
}
