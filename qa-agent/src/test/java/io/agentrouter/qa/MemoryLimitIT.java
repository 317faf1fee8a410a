package io.agentrouter.qa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.testing.MemoryGroup;
import io.agentrouter.runtime.testing.RedisServers;
import io.agentrouter.runtime.testing.Script;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;
import tools.jackson.databind.json.JsonMapper;

/** The packaged agent within the memory of its pod, held to it by the kernel, with every slot busy. */
@Tag("slow")
class MemoryLimitIT {

    private static final long LIMIT = 512L << 20;
    private static final int SLOTS = 16;
    private static final int LARGE = 900_000;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path writable;

    @Test
    void everySlotBusyWhileAFolderIsIndexed_staysWithin512Mi() throws Exception {
        Path documents = Files.createDirectory(writable.resolve("documents"));
        write(documents, 0, 200);
        RedisServer redis = RedisServers.start();
        try (MemoryGroup group = MemoryGroup.create("qa-agent", LIMIT);
                ScriptedModelServer model = ScriptedModelServer.start();
                PackagedAgent agent = PackagedAgent.start(
                        group, writable, environment(redis.ports().getFirst(), model, documents))) {
            await().atMost(Duration.ofMinutes(2)).until(() -> isHealthy(agent));
            long atRest = group.processes();
            long busiest = 0;
            for (int round = 0; round < 3; round++) {
                write(documents, 200 * round, 200);
                busiest = Math.max(busiest, round(agent, model, group, round % 2 == 0 ? 100 : LARGE));
            }
            System.out.printf(
                    "512Mi with %d runs in 3 rounds: at rest %d Mi, busiest %d Mi, with file caches at most %d Mi%n",
                    SLOTS, atRest >> 20, busiest >> 20, group.peak() >> 20);
            assertThat(group.killed()).as("killed for want of memory").isZero();
            assertThat(agent.isAlive()).isTrue();
            assertThat(busiest).as("memory of the process").isBetween(64L << 20, LIMIT * 9 / 10);
            assertThat(Files.readString(writable.resolve("agent.log"))).doesNotContain("OutOfMemoryError");
            assertThat(unpacked())
                    .as("MiniLM's libraries in the writable folder")
                    .isNotEmpty();
        } finally {
            redis.stop();
        }
    }

    /** All slots at once, one run more than there are slots, and the most memory that the processes took meanwhile. */
    private static long round(PackagedAgent agent, ScriptedModelServer model, MemoryGroup group, int padding)
            throws Exception {
        model.reset();
        model.otherwise(call -> slowAnswer());
        List<CompletableFuture<HttpResponse<String>>> runs = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            runs.add(HTTP.sendAsync(question(agent, i, padding), BodyHandlers.ofString()));
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> model.calls().size() == SLOTS);
        HttpResponse<String> refused = HTTP.send(question(agent, SLOTS, 0), BodyHandlers.ofString());
        assertThat(refused.headers().firstValue("X-Agent-Refused")).hasValue("busy");
        long most = 0;
        CompletableFuture<Void> all = CompletableFuture.allOf(runs.toArray(CompletableFuture[]::new));
        while (!all.isDone()) {
            most = Math.max(most, group.processes());
            Thread.sleep(50);
        }
        for (CompletableFuture<HttpResponse<String>> run : runs) {
            assertThat(run.join().statusCode()).isEqualTo(200);
            assertThat(run.join().body()).endsWith("data: [DONE]\n\n").contains("url_citation");
        }
        return most;
    }

    private Map<String, String> environment(int redis, ScriptedModelServer model, Path documents) {
        return Map.of(
                "SPRING_DATA_REDIS_URL",
                "redis://127.0.0.1:" + redis,
                "OPENAI_API_KEY",
                "any",
                "OPENAI_BASE_URL",
                model.baseUrl(),
                "QA_DOCUMENTS",
                documents.toString(),
                "QA_POLL",
                "500ms");
    }

    private static Script slowAnswer() {
        Script script = Script.text("It ").pause(Duration.ofSeconds(20));
        for (int i = 0; i < 30; i++) {
            script = script.andText("goes on and on ").pause(Duration.ofMillis(100));
        }
        return script.andText("as said [1].");
    }

    private static HttpRequest question(PackagedAgent agent, int number, int padding) {
        String earlier = "lorem ipsum ".repeat(padding / 12);
        List<Map<String, String>> messages = List.of(
                Map.of("role", "user", "content", earlier),
                Map.of("role", "assistant", "content", "Yes."),
                Map.of("role", "user", "content", "What is the limit of machine " + number + "?"));
        return HttpRequest.newBuilder(agent.uri("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        JsonMapper.shared().writeValueAsString(Map.of("stream", true, "messages", messages))))
                .build();
    }

    private static boolean isHealthy(PackagedAgent agent) throws InterruptedException {
        try {
            HttpRequest health = HttpRequest.newBuilder(agent.uri("/health")).build();
            return HTTP.send(health, BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException e) {
            return false; // It does not listen yet.
        }
    }

    private static void write(Path documents, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            Files.writeString(
                    documents.resolve(i + ".md"),
                    "# Machine %1$d\n\nThe limit of machine %1$d is %2$d units.\n\n%3$s"
                            .formatted(
                                    i,
                                    7 * i + from,
                                    "Machines are kept in good order by those who use them. ".repeat(8)));
        }
    }

    private List<Path> unpacked() throws IOException {
        try (Stream<Path> files = Files.walk(writable.resolve("ready"))) {
            return files.filter(file -> file.toString().endsWith(".so")).toList();
        }
    }
}
