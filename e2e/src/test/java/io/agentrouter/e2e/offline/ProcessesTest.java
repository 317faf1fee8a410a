package io.agentrouter.e2e.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.agentrouter.e2e.system.LinuxProcess;
import io.agentrouter.e2e.system.OfflineSystem;
import io.agentrouter.e2e.system.RunningSystem;
import io.agentrouter.e2e.system.SharedSystem;
import io.agentrouter.local.testing.LauncherProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The processes that {@code ./run} starts, as Linux sees them. */
@ExtendWith(SharedSystem.class)
class ProcessesTest {

    /** 127.0.0.1 in the kernel's tables of IPv4 and IPv6. */
    private static final Set<String> LOOPBACK = Set.of("0100007F", "0000000000000000FFFF00000100007F");

    private final OfflineSystem system;

    ProcessesTest(OfflineSystem system) {
        this.system = system;
    }

    @BeforeAll
    static void onLinux() {
        assumeThat(Path.of("/proc/self/net/tcp")).matches(Files::exists, "is a file of Linux");
    }

    @Test
    void everyPart_listensOn127001Only() {
        Set<String> addresses = system.launcher().parts().stream()
                .flatMap(part -> new LinuxProcess(part.pid()).listenAddresses().stream())
                .collect(Collectors.toSet());

        assertThat(addresses).isNotEmpty().isSubsetOf(LOOPBACK);
        assertThat(new LinuxProcess(system.part("gateway").pid()).listenAddresses())
                .isNotEmpty();
        assertThat(new LinuxProcess(system.part("sandbox").pid()).listenAddresses())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"redis,256", "sandbox,3072", "qa-agent,512", "coding-agent,1024", "gateway,512"})
    void part_getsTheMemoryOfItsContainerInProduction(String part, long mebibytes) {
        assumeThat(system.launcher().output()).containsPattern("memory limits: (cgroup|systemd)");

        assertThat(new LinuxProcess(system.part(part).pid()).memoryLimit()).isEqualTo(mebibytes << 20);
    }

    @Test
    void secondStartOnTheSamePort_isRefusedInOneSentence() {
        LauncherProcess second = RunningSystem.launch(system.port(), Map.of());

        assertThat(second.awaitExit()).isEqualTo(1);
        assertThat(second.output().lines())
                .singleElement()
                .asString()
                .contains("Port " + system.port() + " cannot be used", "--port");
        assertThat(system.client().get("/livez").status()).isEqualTo(200);
    }

    @Test
    void launcher_saysWhichMemoryLimitAndWhichIsolationHold() {
        assertThat(system.launcher().output())
                .containsPattern("memory limits: (cgroup v[12]|systemd-run|JVM options only)")
                .containsPattern("Commands of the coding agent: .+\\.")
                .containsPattern("Ready after \\d+\\.\\d s on http://127\\.0\\.0\\.1:" + system.port());
    }
}
