package io.agentrouter.e2e.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
        for (String file : run(Repository.ROOT, "git", "ls-files", "--cached", "--others", "--exclude-standard")
                .lines()
                .filter(file -> Files.exists(Repository.ROOT.resolve(file)))
                .toList()) {
            Files.createDirectories(copy.resolve(file).getParent());
            Files.copy(Repository.ROOT.resolve(file), copy.resolve(file));
        }

        assertThat(build()).contains("Recompiling the module");
        assertThat(jars(copy)).isNotEmpty().isEqualTo(jars(Repository.ROOT));

        // As k8s:build leaves it.
        Files.createDirectories(copy.resolve("gateway/target/classes/jkube-extra"));
        assertThat(build()).contains("Nothing to compile").doesNotContain("Recompiling the module");
        assertThat(jars(copy)).isEqualTo(jars(Repository.ROOT));
    }

    private String build() throws Exception {
        return run(copy, "mvn", "-B", "-ntp", "-o", "package", "-DskipTests", "-pl", "!e2e");
    }

    private static String run(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
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
