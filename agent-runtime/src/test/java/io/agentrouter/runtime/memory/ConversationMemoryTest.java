package io.agentrouter.runtime.memory;

import static io.agentrouter.runtime.memory.Talk.remembered;
import static io.agentrouter.runtime.memory.Talk.say;
import static io.agentrouter.runtime.memory.Talk.texts;
import static io.agentrouter.runtime.memory.Talk.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.agent.Message;
import io.agentrouter.runtime.agent.ToolRequest;
import io.agentrouter.runtime.testing.RedisServers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.embedded.RedisServer;

class ConversationMemoryTest {

    private static RedisServer redis;
    private static Pod pod;

    @BeforeAll
    static void start() {
        redis = RedisServers.start();
        pod = Pod.start(redis.ports().getFirst(), "agent.conversation.tokens=100");
    }

    @AfterAll
    static void stop() throws IOException {
        pod.close();
        redis.stop();
    }

    @Test
    void turns_areRememberedInTheirOrder() {
        say(pod, "two", "My name is Ada", "Hello Ada");
        say(pod, "two", "What \"is\" my name? ☂", "Ada");

        assertThat(remembered(pod, "two"))
                .containsExactly("My name is Ada", "Hello Ada", "What \"is\" my name? ☂", "Ada");
    }

    @Test
    void otherPod_remembersTheSame() {
        say(pod, "pods", "question", "answer");

        try (Pod other = Pod.start(redis.ports().getFirst())) {
            assertThat(remembered(other, "pods")).containsExactly("question", "answer");
        }
    }

    @ParameterizedTest
    @CsvSource({"bob, demo, shared", "alice, other, shared", "alice, demo, shared2", "alice/demo, shared, x"})
    void otherTenantTypeOrConversation_remembersNothing(String tenant, String type, String conversation) {
        say(pod, "shared", "a secret", "kept");
        pod.conversations()
                .open("alice", "demo/shared", "x")
                .flatMap(open -> open.append(turn("a secret", "kept")).then(open.release()))
                .block(Pod.LONG);

        ConversationTurn theirs = Objects.requireNonNull(
                pod.conversations().open(tenant, type, conversation).block(Pod.LONG));
        theirs.release().block(Pod.LONG);
        assertThat(theirs.remembered()).isEmpty();
    }

    @Test
    void saidTexts_areAllThatIsRemembered() {
        ConversationTurn open = pod.open("kinds");
        ToolRequest request = new ToolRequest("call_1", "list", "{}");
        open.append(List.of(
                        new Message.Instructions("You are kind"),
                        new Message.User("Look"),
                        new Message.Assistant("", List.of(request)),
                        new Message.ToolResult(request, "4 files"),
                        new Message.Assistant("There are four", List.of(request))))
                .then(open.release())
                .block(Pod.LONG);

        ConversationTurn next = pod.open("kinds");
        next.release().block(Pod.LONG);
        assertThat(next.remembered())
                .containsExactly(new Message.User("Look"), new Message.Assistant("There are four", List.of()));
    }

    @Test
    void oldestTurns_areForgottenWholeBeyondTheBoundInTokens() {
        for (int i = 1; i <= 5; i++) {
            say(pod, "bound", "q" + i, "a".repeat(120)); // 2 messages, 1 + 30 tokens: three turns in 100
        }

        assertThat(remembered(pod, "bound"))
                .filteredOn(text -> text.startsWith("q"))
                .containsExactly("q3", "q4", "q5");
        assertThat(stored("bound")).isEqualTo(3);
    }

    @Test
    void turnLargerThanTheBound_leavesNothing() {
        say(pod, "large", "small", "small");
        say(pod, "large", "a".repeat(500), "large");

        assertThat(remembered(pod, "large")).isEmpty();
        assertThat(stored("large")).isZero();
        say(pod, "large", "again", "small");
        assertThat(remembered(pod, "large")).containsExactly("again", "small");
    }

    @Test
    void boundThatShrank_holdsForWhatIsStoredToo() {
        say(pod, "shrunk", "one", "a".repeat(100));
        say(pod, "shrunk", "two", "a".repeat(20));

        try (Pod smaller = Pod.start(redis.ports().getFirst(), "agent.conversation.tokens=20")) {
            assertThat(remembered(smaller, "shrunk")).containsExactly("two", "a".repeat(20));
        }
    }

    @Test
    void conversation_isForgottenWithAllItsKeysWhenItsTimeIsOver() {
        try (Pod forgetful = Pod.start(
                redis.ports().getFirst(), "agent.conversation.ttl=1500ms", "agent.conversation.lease=300ms")) {
            say(forgetful, "brief", "question", "answer");
            assertThat(remembered(forgetful, "brief")).containsExactly("question", "answer");

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(keys("brief")).isEmpty());
            assertThat(remembered(forgetful, "brief")).isEmpty();
        }
    }

    @Test
    void releasedConversation_leavesNoKeyWithoutAnEnd() {
        say(pod, "ends", "question", "answer");

        assertThat(keys("ends")).isNotEmpty().allSatisfy(key -> {
            Duration left = Objects.requireNonNull(pod.redis().getExpire(key).block(Pod.LONG));
            assertThat(left).isPositive();
        });
    }

    @Test
    void turnThatAppendsNothing_leavesTheConversationAsItWas() {
        say(pod, "failed", "question", "answer");
        ConversationTurn failing = pod.open("failed");
        failing.release().block(Pod.LONG);

        ConversationTurn next = pod.open("failed");
        next.release().block(Pod.LONG);
        assertThat(texts(next)).containsExactly("question", "answer");
    }

    private static List<String> keys(String conversation) {
        return Objects.requireNonNull(pod.redis()
                .keys("conversation:{alice/demo/" + conversation + "}:*")
                .collectList()
                .block(Pod.LONG));
    }

    private static long stored(String conversation) {
        return Objects.requireNonNull(pod.redis()
                .opsForList()
                .size(ConversationKeys.of("alice", "demo", conversation).turns())
                .block(Pod.LONG));
    }
}
