package io.agentrouter.gateway.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentrouter.gateway.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingRunTest {

    @Test
    void gatewayWhoseRequestsAreAnswered_ends() throws IOException {
        try (TestGateway trained = training("training.requests=100")) {
            assertThat(trained.context().isActive()).isFalse();
        }
    }

    @Test
    void gatewayThatRefusesARequest_failsItsStart() {
        assertThatThrownBy(() -> training("training.requests=100", "router.agents.qa.max-body=1B")
                        .close())
                .hasStackTraceContaining("payload_too_large");
    }

    private static TestGateway training(String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("spring.profiles.active=training");
        all.add("router.agents.qa.uri=http://127.0.0.1:" + freePort());
        return TestGateway.start(all.toArray(String[]::new));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
