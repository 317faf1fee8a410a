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

    @Test
    void sharedMemoryOfOthers_canBeReachedByItsNameOnly() throws IOException {
        Path secret = Path.of("/dev/shm", name);
        try {
            String output = sandbox.client()
                    .sh(otherWorkspace(), "echo " + CANARY + " > " + secret + " && cat " + secret)
                    .path("output")
                    .asString();

            assertThat(output).isEqualTo(CANARY + "\n");
            assertThat(sh("ls /dev/shm /dev; cat /dev/shm/*; echo ended")
                            .path("output")
                            .asString())
                    .doesNotContain(CANARY, name)
                    .contains("Permission denied")
                    .endsWith("ended\n");
        } finally {
            Files.deleteIfExists(secret);
        }
    }

    @Test
    void semaphoresAndSharedMemory_work() {
        String output =
                sh("python3 -c \"import multiprocessing as m; from multiprocessing import shared_memory; l = m.Lock(); l.acquire(); l.release(); "
                                + "s = shared_memory.SharedMemory(create=True, size=9); s.buf[0] = 7; "
                                + "t = shared_memory.SharedMemory(s.name); print(t.buf[0]); t.close(); s.close(); s.unlink()\"")
                        .path("output")
                        .asString();

        assertThat(output).isEqualTo("7\n");
    }

    private String connect(int port) {
        return sh("bash -c 'exec 3<>/dev/tcp/127.0.0.1/" + port + " && echo connected'; echo ended")
                .path("output")
                .asString();
    }

    private String otherWorkspace() throws IOException {
        return sandbox.workspace("other-" + name).getFileName().toString();
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
