package io.agentrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class TrainingRunTest {

    @Test
    void gatewayThatIsAnsweredByItself_ends() throws IOException {
        try (TestGateway trained = TestGateway.start("spring.profiles.active=training", "server.port=" + freePort())) {
            assertThat(trained.context().isActive()).isFalse();
        }
    }

    @Test
    void gatewayThatIsNotAnswered_failsItsStart() {
        assertThatThrownBy(() -> TestGateway.start(
                                "spring.profiles.active=training", "router.agents.qa.uri=http://127.0.0.1:1")
                        .close())
                .hasStackTraceContaining("agent_unreachable");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
