package io.agentrouter.e2e.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Repository;
import io.agentrouter.e2e.system.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sources of this build, built once more in another place. */
@Tag("slow")
class RebuildTest {

    @TempDir
    private Path copy;

    @Test
    void sameSources_giveTheSameJars_andASecondBuildCompilesNothingAndGivesThemAgain() throws Exception {
        Repository.copySources(copy);

        assertThat(build()).contains("Recompiling the module");
        assertThat(jars(copy)).isNotEmpty().isEqualTo(jars(Repository.ROOT));

        // As k8s:build leaves it.
        Files.createDirectories(copy.resolve("gateway/target/classes/jkube-extra"));
        assertThat(build()).contains("Nothing to compile").doesNotContain("Recompiling the module");
        assertThat(jars(copy)).isEqualTo(jars(Repository.ROOT));
    }

    /** Without Docker, which no lifecycle phase needs. */
    private String build() {
        String command = "DOCKER_HOST=tcp://127.0.0.1:1 exec mvn -B -ntp -o package -DskipTests -pl '!e2e'";
        return Shell.run(copy, List.of("sh", "-c", command), Duration.ofMinutes(10))
                .orFail();
    }

    /** The digest of every jar that the modules before this one made, by its path. */
    private static Map<String, String> jars(Path root) throws IOException, NoSuchAlgorithmException {
        Map<String, String> digests = new TreeMap<>();
        List<Path> modules;
        try (Stream<Path> folders = Files.list(root)) {
            modules = folders.map(folder -> folder.resolve("target"))
                    .filter(Files::isDirectory)
                    .filter(target -> !target.startsWith(root.resolve("e2e")))
                    .toList();
        }
        for (Path target : modules) {
            try (Stream<Path> files = Files.list(target)) {
                for (Path jar :
                        files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
                    digests.put(root.relativize(jar).toString(), HexFormat.of().formatHex(digest));
                }
            }
        }
        return digests;
    }
}
