package io.agentrouter.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.agentrouter.local.testing.LauncherProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code run} itself, over parts that are quick to start and a Maven that only says that it was called. */
class RunScriptTest {

    private static final String SIGINT = "130";
    private static final String JDK = System.getProperty("java.home");

    @TempDir
    Path directory;

    private ScriptRepository repository = new ScriptRepository(Path.of(""));
    private int port;

    @BeforeEach
    void cloneRepository() throws IOException {
        repository = ScriptRepository.in(directory);
        port = Ports.free(1).getFirst();
    }

    @Test
    void freshClone_isBuiltAndStarted() throws IOException {
        try (LauncherProcess run = run().awaitReady()) {
            assertThat(run.output()).contains("Building what is missing", "1/1 gateway");
        }
        assertThat(repository.builds()).singleElement().asString().contains("package -DskipTests");
    }

    @Test
    void nothingChanged_buildsNothing() throws IOException {
        build();
        try (LauncherProcess run = run().awaitReady()) {
            assertThat(run.output()).doesNotContain("Building");
        }
        assertThat(repository.builds()).hasSize(1);
    }

    @Test
    void sourceThatChanged_isBuilt() throws IOException {
        build();
        repository.write("gateway/src/main/java/Gateway.java", "class Gateway { int changed; }");
        build();
        assertThat(repository.builds()).hasSize(2);
    }

    @Test
    @Tag("slow")
    void sourceThatWentAway_isBuilt() throws IOException {
        build();
        Files.delete(repository.root().resolve("gateway/src/main/java/Gateway.java"));
        build();
        assertThat(repository.builds()).hasSize(2);
    }

    @Test
    @Tag("slow")
    void jarThatIsMissing_isBuilt() throws IOException {
        build();
        Files.move(
                repository.root().resolve("qa-agent/target/qa-agent-0.1.0-SNAPSHOT.jar"),
                repository.root().resolve("qa-agent/target/elsewhere"));
        build();
        assertThat(repository.builds()).hasSize(2);
    }

    @Test
    void buildThatFails_showsItsErrorsAndStartsNothing() throws IOException {
        repository.maven("echo '[INFO] Building gateway 1 [1/1]'; echo '[ERROR] Gateway.java:[1,7] wrong'; exit 1");
        LauncherProcess run = run();
        assertThat(run.awaitExit()).isEqualTo(1);
        assertThat(run.output())
                .contains("[ERROR] Gateway.java:[1,7] wrong", "The build failed: see target/build.log.")
                .doesNotContain("Starting");
        assertThat(run().awaitExit()).as("it is built again").isEqualTo(1);
        assertThat(repository.builds()).hasSize(2);
    }

    @Test
    @Tag("slow")
    void mavenMissing_isSaidInOneSentence_whereThereIsSomethingToBuild() throws IOException {
        Map<String, String> path = Map.of("PATH", repository.toolsWithoutMaven());
        LauncherProcess run = run(path);
        assertThat(run.awaitExit()).isEqualTo(1);
        assertThat(run.output().lines()).singleElement().asString().startsWith("Maven is missing: install 3.8.7");
        build();
        try (LauncherProcess again = run(path).awaitReady()) {
            assertThat(again.output()).contains("Ready after");
        }
    }

    @Test
    void jdk25Missing_isSaidInOneSentence() throws IOException {
        jdk(directory.resolve("home/.jdks/17"), "17.0.9");
        LauncherProcess run = runWithoutJdks();
        assertThat(run.awaitExit()).isEqualTo(1);
        assertThat(run.output().lines())
                .singleElement()
                .asString()
                .startsWith("No JDK 25 in JAVA_HOME, on PATH or in the usual directories: install one");
        assertThat(repository.builds()).isEmpty();
    }

    @Test
    void jdk25BesideOlderOnes_isFound() throws IOException {
        jdk(directory.resolve("home/.jdks/17"), "17.0.9");
        jdk(directory.resolve("home/.jdks/25"), "25.0.1");
        LauncherProcess run = runWithoutJdks();
        assertThat(run.awaitOutput()).contains("java of 25.0.1");
    }

    @Test
    void help_isPrintedBeforeAnythingIsBuilt() throws IOException {
        LauncherProcess run = run(Map.of(), "--help");
        assertThat(run.awaitExit()).isZero();
        assertThat(run.output()).startsWith("Usage: ./run").contains("--port", "--unsafe-exec", "OPENAI_API_KEY");
        assertThat(repository.builds()).isEmpty();
        build();
        assertThat(run(Map.of(), "--help").awaitOutput()).isEqualTo(run.output());
    }

    @Test
    void unknownOption_isSaidInOneSentenceBeforeAnythingIsBuilt() throws IOException {
        LauncherProcess run = run(Map.of(), "--prot", "9000");
        assertThat(run.awaitExit()).isEqualTo(2);
        assertThat(run.output()).isEqualTo("Unknown option --prot: see ./run --help.");
        assertThat(repository.builds()).isEmpty();
        build();
        assertThat(run(Map.of(), "--prot", "9000").awaitOutput()).isEqualTo(run.output());
    }

    @Test
    void portThatIsTaken_isSaidInOneSentence() throws IOException {
        build();
        assertThat(runOnTakenPort().output().lines())
                .singleElement()
                .asString()
                .contains("Port " + port + " cannot be used", "choose another port with --port.");
    }

    @Test
    void partThatDoesNotComeUp_isNamedWithTheEndOfItsLog() {
        LauncherProcess run = run(Map.of("QA_STUB", "fails"));
        assertThat(run.awaitExit()).isEqualTo(1);
        assertThat(run.output())
                .contains(
                        "qa-agent ended while it started, with exit code 3",
                        "qa-agent.log:",
                        "| There are no documents.");
    }

    @Test
    void ctrlC_stopsEveryPart() {
        LauncherProcess run = run().awaitReady();
        assertThat(run.interrupt().awaitExit()).hasToString(SIGINT);
        assertThat(run.parts()).hasSizeGreaterThanOrEqualTo(6).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void calledFromElsewhere_findsItsRepository() {
        try (LauncherProcess run = LauncherProcess.start(
                        directory, environment(Map.of()), repository.script(), "--port", Integer.toString(port))
                .awaitReady()) {
            assertThat(run.parts()).allMatch(ProcessHandle::isAlive);
        }
    }

    /** Builds, as far as there is something to build, and starts nothing. */
    private void build() throws IOException {
        runOnTakenPort();
    }

    private LauncherProcess runOnTakenPort() throws IOException {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            LauncherProcess run = run();
            assertThat(run.awaitExit()).as(run.output()).isEqualTo(1);
            return run;
        }
    }

    private LauncherProcess run() {
        return run(Map.of());
    }

    private LauncherProcess run(Map<String, String> environment, String... options) {
        List<String> command = new ArrayList<>(List.of(repository.script()));
        command.addAll(options.length > 0 ? List.of(options) : List.of("--port", Integer.toString(port)));
        return LauncherProcess.start(repository.root(), environment(environment), command.toArray(String[]::new));
    }

    private Map<String, String> environment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of("JAVA_HOME", JDK, "PATH", repository.path()));
        all.putAll(more);
        return all;
    }

    /** Where the directories in which JDKs are looked for are empty, but for the home directory. */
    private LauncherProcess runWithoutJdks() {
        List<String> hidden = new ArrayList<>(List.of("bwrap", "--dev-bind", "/", "/"));
        Stream.of("/usr/lib/jvm", "/usr/java", "/opt", JDK)
                .filter(place -> Files.isDirectory(Path.of(place)))
                .forEach(place -> hidden.addAll(List.of("--tmpfs", place)));
        List<String> trial = new ArrayList<>(hidden);
        trial.add("true");
        assumeThat(Commands.succeeds(trial)).as("bubblewrap works here").isTrue();
        hidden.addAll(List.of(repository.script(), "--port", Integer.toString(port)));
        return LauncherProcess.start(
                repository.root(),
                Map.of(
                        "JAVA_HOME",
                        "",
                        "PATH",
                        repository.path(),
                        "HOME",
                        directory.resolve("home").toString()),
                hidden.toArray(String[]::new));
    }

    /** Looks like one. */
    private static void jdk(Path home, String version) throws IOException {
        ScriptRepository.command(home.resolve("bin/javac"), "exit 1");
        ScriptRepository.command(home.resolve("bin/java"), "echo java of " + version);
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    }
}
