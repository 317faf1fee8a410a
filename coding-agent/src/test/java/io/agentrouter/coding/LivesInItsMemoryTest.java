package io.agentrouter.coding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.coding.archive.Archives;
import io.agentrouter.runtime.agent.InputFile;
import io.agentrouter.runtime.testing.MemoryGroup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Every slot busy with an archive that is nearly as large as a body may be, under the memory limit of its container. */
@Tag("slow")
class LivesInItsMemoryTest {

    private static final int ROUNDS = 2;

    @TempDir
    private Path temp;

    @Test
    void everySlotWithALargeArchive_fitsIntoTheContainer() throws Exception {
        Properties profile = profile();
        DataSize limit = DataSize.parse(profile.getProperty("container.memory").replace("Gi", "GB"));
        int slots = Integer.parseInt(profile.getProperty("slots"));
        List<String> options =
                new ArrayList<>(List.of(profile.getProperty("jvm.options").split(" ")));
        options.addAll(AgentProcess.classPath());
        InputFile project = new InputFile("project.zip", largeProject());

        try (MemoryGroup group = MemoryGroup.create("coding-agent", limit.toBytes());
                AgentProcess agent = AgentProcess.start(
                        temp.resolve("log"),
                        group.wrapper(),
                        options,
                        "agent.memory-limit=4Gi",
                        "coding.workspaces=" + temp.resolve("w"))) {
            long idle = group.processes();
            long peak = idle;
            for (int round = 0; round < ROUNDS; round++) {
                List<CompletableFuture<String>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(
                                () -> agent.client().answer(project)))
                        .limit(slots)
                        .toList();
                while (!answers.stream().allMatch(CompletableFuture::isDone)) {
                    peak = Math.max(peak, group.processes());
                    Thread.sleep(20);
                }
                for (CompletableFuture<String> answer : answers) {
                    assertThat(answer.get()).contains("Its tests would be run by: `make test`");
                }
            }
            assertThat(agent.isAlive()).isTrue();
            assertThat(group.killed()).isZero();
            assertThat(agent.log()).doesNotContain("OutOfMemory", "OutOfDirectMemory");
            System.out.printf(
                    "Memory of the coding agent in %d MiB: %d MiB idle, at most %d MiB with %d runs of %d MiB at"
                            + " once%n",
                    limit.toMegabytes(), idle >> 20, peak >> 20, slots, project.content().length >> 20);
        }
    }

    private static Properties profile() throws IOException {
        Properties profile = new Properties();
        try (InputStream in = Files.newInputStream(Path.of("target/classes/META-INF/resource-profile.properties"))) {
            profile.load(in);
        }
        return profile;
    }

    /** Base64 makes four bytes of three, and a body may have 32 MiB. */
    private static byte[] largeProject() throws IOException {
        Map<String, byte[]> files = new TreeMap<>(Map.of("Makefile", "test:\n\t@echo fine\n".getBytes(UTF_8)));
        Random random = new Random(1);
        for (int i = 0; i < 23; i++) {
            byte[] content = new byte[1 << 20];
            random.nextBytes(content);
            files.put("data/random-" + i, content);
        }
        for (int i = 0; i < 60; i++) {
            files.put(
                    "text/text-" + i,
                    ("line " + i + " of a text that is packed well\n")
                            .repeat(50_000)
                            .getBytes(UTF_8));
        }
        return Archives.zipOf(files);
    }
}
