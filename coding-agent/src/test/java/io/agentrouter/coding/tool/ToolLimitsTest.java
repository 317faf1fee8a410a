package io.agentrouter.coding.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentrouter.coding.workspace.WorkspaceTests;
import io.agentrouter.runtime.agent.ToolException;
import io.agentrouter.runtime.agent.ToolOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Each limit of the tools on files, just below it and just above. */
class ToolLimitsTest extends WorkspaceTests {

    private final Scheduler scheduler = Schedulers.newSingle("test-files");
    private FileTools tools;

    @BeforeEach
    void makeTools() {
        tools = tools(Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        scheduler.dispose();
    }

    private FileTools tools(Duration fileTimeout) {
        ToolLimits limits = new ToolLimits(
                DataSize.ofBytes(100),
                16_000,
                3,
                2,
                DataSize.ofBytes(250),
                fileTimeout,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1));
        return new FileTools(workspace.files(), limits, scheduler);
    }

    @Test
    void fileThatIsTooLarge_isNeitherReadSearchedEditedNorWritten() throws IOException {
        write("fits", "x".repeat(100));
        write("large", "x".repeat(101));

        assertThat(done(tools.read("fits", null))).contains("x".repeat(100));
        assertRefused(tools.read("large", null), "larger than 100 bytes");
        assertThat(done(tools.search("x", null))).contains("fits:1").doesNotContain("large");
        assertRefused(tools.edit("large", "x".repeat(101), "y"), "larger than 100 bytes");
        assertThat(done(tools.write("made", "y".repeat(100)))).startsWith("Wrote ");
        assertRefused(tools.write("made", "z".repeat(101)), "A file may have");
        assertRefused(tools.edit("fits", "x".repeat(100), "z".repeat(101)), "A file may have");
        assertThat(read("made")).isEqualTo("y".repeat(100));
        assertThat(read("fits")).isEqualTo("x".repeat(100));
    }

    @Test
    void moreLinesThanAreShownAtOnce_areReadFromWhereTheAnswerSays() throws IOException {
        write("lines", "one\ntwo\nthree\nfour\n");

        assertThat(done(tools.read("lines", null)))
                .isEqualTo("lines, 4 lines\n    1\tone\n    2\ttwo\n    3\tthree\n[read from line 4 for more]\n");
        assertThat(done(tools.read("lines", 4))).isEqualTo("lines, 4 lines\n    4\tfour\n");
    }

    @Test
    void moreLinesThanAreFoundAtOnce_areSaidToBeThere() throws IOException {
        write("a", "x1\nx2\nx3\n");

        assertThat(done(tools.search("x[12]", null))).startsWith("a:1: x1\na:2: x2");
        assertThat(done(tools.search("x", null)))
                .isEqualTo("a:1: x1\na:2: x2\n[not all was searched: search more narrowly]");
    }

    @Test
    void moreEntriesThanAreListed_areSaidToBeThere() throws IOException {
        for (int i = 0; i < 10; i++) {
            write("f" + i, "");
        }
        assertThat(done(tools.list(null)).lines()).hasSize(10);

        write("g", "");

        assertThat(done(tools.list(null)).lines())
                .hasSize(11)
                .last()
                .isEqualTo("[more is there: list a directory of it]");
    }

    @Test
    void moreBytesThanOneSearchReads_areSaidToBeLeftOut() throws IOException {
        for (String name : new String[] {"a", "b", "c", "d"}) {
            write(name, "x".repeat(90) + name);
        }

        assertThat(done(tools.search("c", null))).startsWith("c:1: ");
        assertThat(done(tools.search("d", null)))
                .isEqualTo("No line matches.\n[not all was searched: search more narrowly]");
        assertThat(done(tools.search("d", "d"))).startsWith("d:1: ").doesNotContain("not all");
    }

    @Test
    void callThatTakesTooLong_isGivenUp() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        scheduler.schedule(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        assertRefused(tools(Duration.ofMillis(50)).list(null), "It took too long");
        end.countDown();
    }

    private static String done(Mono<ToolOutput> call) {
        return Objects.requireNonNull(call.block()).text();
    }

    private static void assertRefused(Mono<ToolOutput> call, String why) {
        assertThatThrownBy(call::block).isInstanceOf(ToolException.class).hasMessageContaining(why);
    }
}
