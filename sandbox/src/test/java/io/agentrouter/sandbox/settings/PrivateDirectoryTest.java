package io.agentrouter.sandbox.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PrivateDirectoryTest {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource({"owner, rwxr-x---", "owner, rwx-----x", "group, rwxrwx---", "group, rwxr-x--x"})
    void directoryThatIsOpenToOthers_isRefused(String access, String permissions) throws IOException {
        Path directory = Files.createDirectory(temp.resolve("socket"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> new PrivateDirectory(properties(access)))
                .hasMessageContaining("sandbox.socket: the directory " + directory)
                .hasMessageContaining("open to others");
    }

    @ParameterizedTest
    @CsvSource({"owner, rwx------", "group, rwxr-x---"})
    void directoryThatIsMissing_isMadeForWhoMayReachTheSocket(String access, String permissions) throws IOException {
        Path made = new PrivateDirectory(properties(access)).path();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo(permissions);
    }

    private SandboxProperties properties(String access) {
        var source = new MapConfigurationPropertySource(Map.of(
                "sandbox.socket", temp.resolve("socket/s.sock").toString(),
                "sandbox.socket-access", access,
                "sandbox.workspaces", temp.resolve("workspaces").toString()));
        return new Binder(source).bindOrCreate("sandbox", SandboxProperties.class);
    }
}
