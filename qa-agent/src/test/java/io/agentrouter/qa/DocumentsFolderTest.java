package io.agentrouter.qa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agentrouter.qa.index.Embedder;
import io.agentrouter.qa.index.MiniLm;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import tools.jackson.databind.JsonNode;

/** A folder of one's own in place of the documents that ship with the agent. */
class DocumentsFolderTest {

    @TempDir
    Path folder;

    @Test
    void firstIndexUnderWay_isSaidAndEndsOfItself() throws IOException {
        write("a.md", "Cats sleep all day.");
        Gate.opened = new CountDownLatch(1);
        try (RunningAgent agent = start(List.of(Gate.class))) {
            HttpResponse<String> refused = agent.ask("When do cats sleep?");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(RunningAgent.json(refused).at("/error/code").asString()).isEqualTo("documents_indexing");
            assertThat(refused.headers().firstValue("X-Should-Retry")).hasValue("true");
            assertThat(agent.get("/health").statusCode()).isEqualTo(503);
            assertThat(health(agent).at("/checks/documents").asString()).isEqualTo("down");
            assertThat(agent.get("/livez").statusCode()).isEqualTo(200);

            Gate.opened.countDown();
            awaitAnswer(agent, "When do cats sleep?", "Cats sleep all day.");
            assertThat(health(agent).at("/checks/documents").asString()).isEqualTo("ok");
        }
    }

    @Test
    void folderThatChangesUnderQuestions_isAnsweredFromWithoutAnyFailure() throws Exception {
        write("cats.md", "Cats sleep all day.");
        try (RunningAgent agent = start(List.of());
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            awaitAnswer(agent, "When do cats sleep?", "Cats sleep all day.");
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger asked = new AtomicInteger();
            Queue<String> failures = new ConcurrentLinkedQueue<>();
            for (int i = 0; i < 4; i++) {
                clients.execute(() -> {
                    while (!over.get()) {
                        HttpResponse<String> response = agent.ask("When do cats sleep?");
                        asked.incrementAndGet();
                        if (response.statusCode() != 200 || !response.body().contains("Cats sleep")) {
                            failures.add(response.body());
                        }
                    }
                });
            }
            try {
                write("dogs.txt", "Dogs bark at the moon.");
                awaitAnswer(agent, "What do dogs bark at?", "Dogs bark at the moon.");
                write("dogs.txt", "Dogs bark at the postman.");
                awaitAnswer(agent, "What do dogs bark at?", "Dogs bark at the postman.");
                Files.delete(folder.resolve("dogs.txt"));
                awaitAnswer(agent, "What do dogs bark at?", "The documents do not say.");
            } finally {
                over.set(true);
            }
            assertThat(asked).hasPositiveValue();
            assertThat(failures).isEmpty();
        }
    }

    @Test
    void emptyFolder_saysNothing() {
        try (RunningAgent agent = start(List.of())) {
            awaitAnswer(agent, "How much memory does the coding agent get?", "The documents do not say.");
        }
    }

    @Test
    void fileThatCannotBeRead_isToldInHealthAndCostsNoAnswer() throws IOException {
        write("broken.pdf", "no PDF at all");
        write("cats.md", "Cats sleep all day.");
        try (RunningAgent agent = start(List.of())) {
            awaitAnswer(agent, "When do cats sleep?", "Cats sleep all day.");
            assertThat(modes(agent)).contains("documents-skipped").doesNotContain("documents-stale");

            Files.move(folder, folder.resolveSibling(folder.getFileName() + "-away"));
            patiently().until(() -> modes(agent).contains("documents-stale"));
            awaitAnswer(agent, "When do cats sleep?", "Cats sleep all day.");
            Files.move(folder.resolveSibling(folder.getFileName() + "-away"), folder);
        }
    }

    @Test
    void folderThatDoesNotExist_failsTheStartAndIsNamed() {
        String missing = folder.resolve("missing").toString();

        assertThatThrownBy(() -> RunningAgent.start("qa.documents=" + missing).close())
                .rootCause()
                .hasMessageContaining("qa.documents must name a folder that exists and can be read");
    }

    @Test
    void blankFolder_isNone() {
        try (RunningAgent agent = RunningAgent.start("qa.documents=")) {
            awaitAnswer(agent, "How much memory does the coding agent get?", "The coding agent gets 4Gi");
        }
    }

    private RunningAgent start(List<Class<?>> more) {
        return RunningAgent.start(more, "qa.documents=" + folder, "qa.poll=200ms");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static void awaitAnswer(RunningAgent agent, String question, String answer) {
        patiently()
                .untilAsserted(
                        () -> assertThat(agent.answer(question).path("content").asString())
                                .startsWith(answer));
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
    }

    private static JsonNode health(RunningAgent agent) {
        return RunningAgent.json(agent.get("/health"));
    }

    private static List<String> modes(RunningAgent agent) {
        return health(agent)
                .path("modes")
                .valueStream()
                .map(mode -> mode.asString(""))
                .toList();
    }

    /** The real embedder, which waits for the test to let it begin. */
    @TestConfiguration
    static class Gate {

        static CountDownLatch opened = new CountDownLatch(0);

        @Bean
        @Primary
        Embedder gated() {
            MiniLm miniLm = new MiniLm();
            return text -> {
                try {
                    opened.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return miniLm.embed(text);
            };
        }
    }
}
