package io.agentrouter.qa;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.qa.index.Embedder;
import io.agentrouter.qa.index.MiniLm;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

class StartTest {

    @Test
    void startOnTheShippedDocuments_embedsNothingAndIsReadyAtOnce() {
        Counting.embedded.clear();
        try (RunningAgent agent = RunningAgent.start(List.of(Counting.class))) {
            assertThat(agent.get("/health").body()).contains("\"documents\":\"ok\"");
            assertThat(Counting.embedded).isEmpty();

            String question = "How much memory does the coding agent get?";
            assertThat(agent.answer(question).path("content").asString()).startsWith("The coding agent gets 4Gi");
            assertThat(Counting.embedded).contains(question);
        }
    }

    /** The real embedder, and what it was asked for. */
    @TestConfiguration
    static class Counting {

        static final Queue<String> embedded = new ConcurrentLinkedQueue<>();

        @Bean
        @Primary
        Embedder counting() {
            MiniLm miniLm = new MiniLm();
            return text -> {
                embedded.add(text);
                return miniLm.embed(text);
            };
        }
    }
}
