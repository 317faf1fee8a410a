package io.agentrouter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** What a command may try against namespaces of its own. */
abstract class BubblewrapCommands extends WalledCommands {

    BubblewrapCommands(TestSandbox sandbox) {
        super(sandbox);
    }

    @Test
    void health_saysThatAllIsSeparated() {
        var health = sandbox.client().get("/health").body();

        assertThat(health.path("isolation").asString()).isEqualTo("bubblewrap");
        assertThat(health.path("modes").toString()).isEqualTo("[]");
        assertThat(health.path("separates").toString()).isEqualTo("[\"files\",\"processes\",\"network\"]");
    }

    @Test
    void connections_areOutOfReach() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String output = sh("for to in 127.0.0.1/" + server.getLocalPort() + " 1.1.1.1/53 ::1/"
                            + server.getLocalPort()
                            + "; do timeout 3 bash -c \"exec 3<>/dev/tcp/$to && echo connected\"; done; echo ended")
                    .path("output")
                    .asString();

            assertThat(output).doesNotContain("connected\n").endsWith("ended\n");
        }
    }

    @Test
    void socketOfTheSandboxItself_isOutOfReach() {
        String output = sh(Python.askHealth(sandbox.socket()) + "; echo ended")
                .path("output")
                .asString();

        assertThat(output).doesNotContain("200 OK").endsWith("ended\n");
    }

    @Test
    void processesOfOthers_areNotSeen() {
        String output = sh("ls -d /proc/[0-9]*").path("output").asString();

        assertThat(output.lines()).hasSizeLessThan(8);
    }

    @Test
    void keysOfTheUser_areOutOfReach() throws Exception {
        String key = "key-" + name;
        assertThat(sandbox.beside("NAME", "value", Python.leaveKey(key, CANARY)).waitFor())
                .isZero();

        String output = sh(Python.readKeys(key)).path("output").asString();

        assertThat(output).contains("found [-1, -1, -1]").doesNotContain(CANARY).endsWith("ended\n");
    }
}
