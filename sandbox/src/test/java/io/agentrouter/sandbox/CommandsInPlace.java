package io.agentrouter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a command may try against the kernel's Landlock. */
abstract class CommandsInPlace extends WalledCommands {

    CommandsInPlace(TestSandbox sandbox) {
        super(sandbox);
    }

    @Test
    void health_saysWhatIsSeparated() {
        var health = sandbox.client().get("/health").body();

        assertThat(health.path("isolation").asString()).isEqualTo("container");
        assertThat(health.path("modes").toString()).isEqualTo("[]");
        assertThat(health.path("separates").toString()).isEqualTo("[\"files\",\"processes\",\"network\"]");
    }

    /** Starts no process: all commands are one user here, who has too many until the watch has ended the hostile one. */
    @Override
    String witness() {
        return Python.WITNESS;
    }

    @Test
    void portsOfServices_areOutOfReach() throws IOException {
        try (ServerSocket server = onPortOfAService()) {
            assertThat(connect(server.getLocalPort()))
                    .doesNotContain("connected\n")
                    .contains("Permission denied");
        }
    }

    @Test
    void serverOfACommandsOwn_isWithinReach() {
        String output = sh("python3 -c \"import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen();"
                        + " socket.create_connection(s.getsockname()); print('connected')\"")
                .path("output")
                .asString();

        assertThat(output).isEqualTo("connected\n");
    }

    @Test
    void temporaryFiles_areACommandsOwnAndGoneWithIt() throws IOException {
        String output =
                sh("echo x > $TMPDIR/f && cat $TMPDIR/f; [ $HOME = $TMPDIR ]; echo $TMPDIR; ls $TMPDIR/..; (: > /tmp/x)")
                        .path("output")
                        .asString();

        assertThat(output)
                .startsWith("x\n" + sandbox.socket().resolveSibling("tmp"))
                .contains("Permission denied");
        assertThat(Files.isDirectory(Path.of(output.lines().skip(1).findFirst().orElseThrow())))
                .isFalse();
    }

    private String connect(int port) {
        return sh("bash -c 'exec 3<>/dev/tcp/127.0.0.1/" + port + " && echo connected'; echo ended")
                .path("output")
                .asString();
    }

    /** Below those that the kernel gives away. */
    private static ServerSocket onPortOfAService() throws IOException {
        for (int port = 10_000; ; port++) {
            try {
                return new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
            } catch (BindException e) {
                // taken
            }
        }
    }
}
