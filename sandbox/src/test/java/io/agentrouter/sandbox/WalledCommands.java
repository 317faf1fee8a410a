package io.agentrouter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a command may try against walls of its own. */
abstract class WalledCommands extends CommandTests {

    WalledCommands(TestSandbox sandbox) {
        super(sandbox);
    }

    @Test
    void environmentOfOtherProcesses_isOutOfReach() throws IOException {
        Process holder = sandbox.beside("OPENAI_API_KEY", CANARY, "sleep", "60");
        try {
            String output = sh("cat /proc/*/environ /proc/*/cmdline | tr '\\0' '\\n'; env")
                    .path("output")
                    .asString();

            assertThat(output).contains("PATH=").doesNotContain(CANARY, "OPENAI");
        } finally {
            holder.destroy();
        }
    }

    @Test
    void keyFileOutside_isOutOfReach() throws IOException {
        Path key = sandbox.workspaces().resolveSibling("key");
        Files.writeString(key, CANARY);
        Files.createSymbolicLink(workspace.resolve("link"), key);

        String output = sh("cat " + key + " link ../../key; cat /proc/*/root" + key
                        + " /proc/*/cwd/../key; ls -la ../.. /root /home")
                .path("output")
                .asString();

        assertThat(output).contains("cat: ").doesNotContain(CANARY);
        Files.delete(key);
    }

    @Test
    void otherWorkspaces_areOutOfReach() throws IOException {
        Files.writeString(sandbox.workspaces().resolve("witness-" + name).resolve("private"), CANARY);

        String path = sandbox.workspaces() + "/witness-" + name;
        String output = sh("cat " + path + "/private ../witness-" + name + "/private; echo x > " + path + "/planted; "
                        + "ls -d .. " + sandbox.workspaces() + "/*")
                .path("output")
                .asString();

        assertThat(output).doesNotContain(CANARY).doesNotContain("witness-" + name + "\n");
        assertThat(Path.of(path, "planted")).doesNotExist();
    }

    @Test
    void everythingButTheWorkspaceAndTemporary_isReadOnly() {
        String output =
                sh("for f in /usr/x /etc/x /bin/x /x /dev/x /proc/sys/kernel/core_pattern ../x /run/x /var/x /var/tmp/x /root/x; do "
                                + "(echo x > $f) 2>/dev/null && echo wrote $f; done; echo x > here; echo x > $TMPDIR/x && echo ended")
                        .path("output")
                        .asString();

        assertThat(output).isEqualTo("ended\n");
    }

    @Test
    void whatProgramsNeedOfTheSystem_isReadable() {
        String output = sh("ls -d /etc/alternatives /etc/ssl/certs && ls /etc && stat -c %a /etc && echo ended")
                .path("output")
                .asString();

        assertThat(output).contains("passwd\n").endsWith("755\nended\n");
    }

    @Test
    void signalsToOtherProcesses_reachNone() throws IOException {
        Process other = sandbox.beside("NAME", "value", "sleep", "60");
        try {
            sh("kill -9 " + other.pid() + " " + sandbox.pid() + "; kill -SEGV " + sandbox.pid() + "; kill -9 -1");

            assertThat(other.isAlive()).isTrue();
            assertThat(sandbox.isAlive()).isTrue();
        } finally {
            other.destroy();
        }
    }

    @Test
    void privileges_areNoneAndCannotBeGained() {
        String output =
                sh("grep -E '^(CapEff|CapBnd|NoNewPrivs)' /proc/self/status | tr -s '\\t' ' '; unshare -Ur true; mount -t tmpfs x /tmp")
                        .path("output")
                        .asString();

        assertThat(output).contains("CapEff: 0000000000000000", "NoNewPrivs: 1").contains("mount: ");
    }

    @Test
    void setUserIdPrograms_giveNoRights() {
        String output =
                sh("for p in /usr/bin/passwd /usr/bin/su /usr/bin/mount /usr/bin/newgrp; do [ -u $p ] && echo set; done;"
                                + " cp /bin/sh mine; chmod 4755 mine; ./mine -c 'id -u'; su -c 'id -u' </dev/null; id -u")
                        .path("output")
                        .asString();

        assertThat(output.lines()).doesNotContain("0");
    }

    @Test
    void keysOfTheSandboxsSession_areOutOfReach() {
        String output =
                sh(Python.readKeys(TestSandbox.SESSION_KEY)).path("output").asString();

        assertThat(output).contains("found [-1, -1, -1]").doesNotContain(CANARY);
    }

    @Test
    void memoryOfOtherProcesses_isOutOfReach() {
        String output = sh(Python.trace(sandbox.pid())).path("output").asString();

        assertThat(output).contains("attached -1").doesNotContain("opened");
    }
}
