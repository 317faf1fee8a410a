package io.agentrouter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import tools.jackson.databind.JsonNode;

/** How much a command may try to use, and how long it may try to stay, whatever the walls around it are. */
abstract class HostileCommands extends CommandTests {

    HostileCommands(TestSandbox sandbox) {
        super(sandbox);
    }

    @Test
    void commandThatIgnoresSigterm_isGoneSoonAfterItsTime() {
        String unique = uniqueSeconds();
        JsonNode result = run(1, "trap '' TERM; echo began; while :; do sleep " + unique + "; done");

        assertThat(result.path("ended").asString()).isEqualTo("timeout");
        assertThat(result.path("exitCode").isNull()).isTrue();
        assertThat(result.path("output").asString()).isEqualTo("began\n");
        assertThat(result.path("seconds").asDouble()).isBetween(1.0, 4.0);
        assertGone(unique);
    }

    @Test
    void commandThatEndsOnSigterm_mayCleanUp() {
        JsonNode result = run(1, "trap 'echo cleaned; exit 0' TERM; while :; do sleep 0.1; done");

        assertThat(result.path("ended").asString()).isEqualTo("timeout");
        assertThat(result.path("output").asString()).endsWith("cleaned\n");
    }

    @Test
    void daemonsThatACommandLeaves_areGoneWhenItHasEnded() {
        String unique = uniqueSeconds();
        String hidden = uniqueSeconds();
        JsonNode result = sh("(setsid sleep " + unique + " & ) ; (setsid sh -c '(sleep " + unique
                + " &)' >/dev/null 2>&1 &);" + "(env -i /usr/bin/setsid /bin/sh -c '(/bin/sleep " + hidden
                + " &)' >/dev/null 2>&1 &); sleep 0.3; echo left");

        assertThat(result.path("ended").asString()).isEqualTo("exited");
        assertThat(result.path("output").asString()).isEqualTo("left\n");
        assertGone(unique);
        assertGone(hidden);
    }

    @Test
    void daemonThatPrintsWithoutEndAfterItsCommand_costsNoMemory() {
        JsonNode result = sh("setsid sh -c 'while :; do echo noise; done' & sleep 0.2; exit 5");

        assertThat(result.path("ended").asString()).isIn("exited", "output");
        assertThat(result.path("output").asString().length()).isLessThan(5000);
    }

    @Test
    void commandThatPrintsWithoutEnd_isEnded_andHeadAndTailAreKept() {
        JsonNode result = sh("echo first; yes middle");

        assertThat(result.path("ended").asString()).isEqualTo("output");
        assertThat(result.path("truncated").asBoolean()).isTrue();
        assertThat(result.path("output").asString())
                .startsWith("first\nmiddle\n")
                .contains(" bytes left out ");
        assertThat(result.path("output").asString().length()).isLessThan(4200);
    }

    @Test
    void commandThatForksWithoutEnd_isHeldToItsProcesses() {
        String unique = uniqueSeconds();
        JsonNode result =
                run(10, "i=0; while [ $i -lt 1500 ]; do sleep " + unique + " & i=$((i+1)); done; echo all; wait");

        assertThat(result.path("output").asString()).doesNotContain("all");
        assertGone(unique);
    }

    @Test
    void commandWithASessionOfItsOwn_standsBackBehindTheServiceWhereSessionsAreScheduled() {
        assumeThat(Path.of("/proc/self/autogroup")).exists();

        JsonNode result = sh("until grep 'nice 10$' /proc/self/autogroup; do sleep 0.05; done");

        assertThat(result.path("ended").asString()).as(result.toString()).isEqualTo("exited");
    }

    @Test
    void commandThatForksFasterAndFaster_isHeldToItsProcesses() {
        String unique = uniqueSeconds();
        JsonNode result = run(10, "bomb() { sleep " + unique + " & bomb & bomb & bomb; }; bomb");

        assertThat(result.path("ended").asString()).isIn("processes", "memory", "exited", "output");
        assertGone(unique);
    }

    @Test
    void directoriesInDirectoriesWithoutEnd_endTheCommand_andAreDeleted() {
        JsonNode result = run(15, "while :; do mkdir d && cd d || exit; done; sleep 10");

        assertThat(result.path("ended").asString()).isEqualTo("disk");
    }

    @Test
    void processesThatTogetherHoldTooMuchMemory_areEnded() {
        JsonNode result = run(
                15, "for i in 1 2 3 4 5 6; do (x=$(head -c 25000000 /dev/zero | tr '\\0' x); sleep 4; :) & done; wait");

        assertThat(result.path("ended").asString()).as(result.toString()).isEqualTo("memory");
    }

    @Test
    void fileThatGrowsWithoutEnd_isCut() throws IOException {
        sh("yes > big");

        assertThat(Files.size(workspace.resolve("big"))).isLessThanOrEqualTo(20 << 20);
    }

    @Test
    void filesThatTogetherAreTooLarge_endTheCommand() {
        JsonNode result = run(15, "for i in 1 2 3 4 5 6 7 8; do head -c 15000000 /dev/zero > f$i; done; sleep 10");

        assertThat(result.path("ended").asString()).isEqualTo("disk");
    }

    @Test
    void filesThatAreTooMany_endTheCommand() {
        JsonNode result = run(15, "i=0; while [ $i -lt 5000 ]; do : > f$i; i=$((i+1)); done; sleep 10");

        assertThat(result.path("ended").asString()).isEqualTo("disk");
    }

    @Test
    void commandThatKillsItsParent_endsOnlyItself() {
        String unique = uniqueSeconds();
        JsonNode result = run(2, "kill -9 $PPID; sleep 0.2; echo still; sleep " + unique);

        assertThat(result.path("ended").asString()).isIn("exited", "timeout");
        assertGone(unique);
    }

    @Test
    void filesThatAreHardToDelete_areDeleted() {
        JsonNode result = sh(
                "mkdir -p a/b/c; echo x > a/b/c/f; ln -s /usr out; ln -s . loop; mkfifo pipe; "
                        + "touch -- -rf ' ' \"$(printf 'new\\nline')\"; mknod node c 1 5 2>/dev/null; chmod 000 a/b/c/f a/b/c a/b a; echo made");

        assertThat(result.path("output").asString()).isEqualTo("made\n");
    }

    @Test
    void clientThatLeaves_endsTheCommandWithinASecond() {
        String unique = uniqueSeconds();
        Disposable request = sandbox.client()
                .later(command(name, 60, "sleep " + unique + " & setsid sleep " + unique + " & touch began; wait"))
                .subscribe();
        await().until(() -> Files.exists(workspace.resolve("began")));

        request.dispose();

        await().atMost(Duration.ofMillis(1500)).until(() -> !Processes.anyWith(unique));
    }

    @Test
    void workspaceThatHasACommand_isBusyForAnother() {
        var first = sandbox.client()
                .later(command(name, 20, "touch began; sleep 1"))
                .toFuture();
        await().until(() -> Files.exists(workspace.resolve("began")));

        SandboxClient.Answer second = sandbox.client().exec(command(name, 20, "true"));

        assertThat(second.status()).isEqualTo(503);
        assertThat(second.body().path("error").path("code").asString()).isEqualTo("busy");
        assertThat(first.join().status()).isEqualTo(200);
    }
}
