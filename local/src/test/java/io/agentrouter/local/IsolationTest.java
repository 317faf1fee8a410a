package io.agentrouter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.agentrouter.local.testing.LauncherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines with and without bubblewrap, made by a PATH that holds a few commands only. */
class IsolationTest {

    @TempDir
    Path directory;

    private Path bin = Path.of("");

    @BeforeEach
    void emptyPath() throws IOException {
        bin = Files.createDirectory(directory.resolve("bin"));
        for (String name : List.of("sh", "true", "rm", "find", "rmdir", "sleep", "kill")) {
            command(name, "exec /usr/bin/env -S PATH=/usr/bin:/bin " + name + " \"$@\"");
        }
    }

    @Test
    void bubblewrapMissing_isInstalledWhereThatNeedsNoPassword() throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        command("apt-get", "printf '#!/bin/sh\\nexit 0\\n' >" + bin + "/bwrap; /bin/chmod +x " + bin + "/bwrap");

        assertThat(choose())
                .contains("Installing bubblewrap, which is missing: apt-get install -y -q bubblewrap")
                .contains("isolation BUBBLEWRAP");
    }

    @Test
    void bubblewrapThatCannotBeInstalled_leavesExecOffAndPrintsTheCommand() throws IOException {
        command("apt-get", "echo no network; exit 100");

        assertThat(choose()).contains("apt-get install -y -q bubblewrap").contains("isolation OFF");
    }

    @Test
    void bubblewrapThatCannotWork_leavesExecOff() throws IOException {
        command("bwrap", "exit 1");

        assertThat(choose()).contains("isolation OFF");
    }

    @Test
    void bubblewrapThatCannotWork_runsCommandsUnsafelyOnlyWhenTold() throws IOException {
        command("bwrap", "exit 1");

        assertThat(choose("--unsafe-exec")).contains("isolation UNSAFE");
    }

    @Test
    void bubblewrapThatWorks_isTakenEvenWhenUnsafeExecIsAllowed() throws IOException {
        command("bwrap", "exit 0");

        assertThat(choose("--unsafe-exec")).contains("isolation BUBBLEWRAP");
    }

    private void command(String name, String script) throws IOException {
        Path file = Files.writeString(bin.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String choose(String... options) {
        LauncherProcess chooser = LauncherProcess.start(
                directory,
                Map.of("PATH", bin.toString()),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                IsolationChooser.class.getName(),
                String.join(" ", options));
        chooser.awaitExit();
        return chooser.output();
    }

    /** Says what was chosen. */
    static final class IsolationChooser {
        static void main(String[] options) {
            System.out.println("isolation " + Isolation.choose(options[0].contains("--unsafe-exec"), System.out));
        }
    }
}
