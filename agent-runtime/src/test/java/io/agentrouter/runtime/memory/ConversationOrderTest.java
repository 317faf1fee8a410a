package io.agentrouter.runtime.memory;

import static io.agentrouter.runtime.memory.Talk.remembered;
import static io.agentrouter.runtime.memory.Talk.texts;
import static io.agentrouter.runtime.memory.Talk.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.agent.AgentException;
import io.agentrouter.runtime.testing.RedisServers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import redis.embedded.RedisServer;

class ConversationOrderTest {

    private static RedisServer redis;
    private static List<Pod> pods;

    @BeforeAll
    static void start() {
        redis = RedisServers.start();
        pods = Stream.of("a", "b")
                .map(name -> Pod.start(
                        redis.ports().getFirst(),
                        "agent.conversation.max-waiting=20",
                        "agent.conversation.lease=1s",
                        "agent.conversation.turn-wait=30s"))
                .toList();
    }

    @AfterAll
    static void stop() throws IOException {
        pods.forEach(Pod::close);
        redis.stop();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 20})
    void concurrentTurns_goInTheOrderOfTheirArrivalAndEachSeesTheEarlierOnes(int turns) {
        String conversation = "queue" + turns;
        AtomicInteger running = new AtomicInteger();
        List<Mono<List<String>>> seen = new ArrayList<>();
        ConversationTurn first = pods.getFirst().open(conversation);
        for (int i = 0; i < turns; i++) {
            Mono<List<String>> turn =
                    speak(pods.get(i % 2), conversation, "q" + i, running).cache();
            turn.subscribe();
            seen.add(turn);
            long inLine = i + 2L;
            await().until(() -> pods.getFirst().inLine(conversation) == inLine);
        }
        first.release().block(Pod.LONG);

        List<List<String>> histories =
                Objects.requireNonNull(Flux.concat(seen).collectList().block(Duration.ofSeconds(60)));
        for (int i = 0; i < turns; i++) {
            assertThat(histories.get(i)).isEqualTo(exchanges(i));
        }
    }

    @Test
    void turnsThatArriveAtOnce_goOneAfterTheOther() {
        AtomicInteger running = new AtomicInteger();
        List<List<String>> histories = Objects.requireNonNull(Flux.range(0, 20)
                .flatMap(i -> speak(pods.get(i % 2), "crowd", "q" + i, running), 20)
                .collectList()
                .block(Duration.ofSeconds(60)));

        List<String> all = remembered(pods.getFirst(), "crowd");
        assertThat(all).hasSize(40);
        assertThat(histories.stream().sorted(Comparator.comparingInt(List::size)))
                .containsExactlyElementsOf(IntStream.range(0, 20)
                        .mapToObj(i -> all.subList(0, 2 * i))
                        .toList());
    }

    @Test
    void turnThatRunsLongerThanItsLease_keepsItsPlace() {
        ConversationTurn longTurn = pods.getFirst().open("long");
        Mono<List<String>> next =
                speak(pods.getLast(), "long", "next", new AtomicInteger()).cache();
        next.subscribe();

        StepVerifier.create(next)
                .expectSubscription()
                .expectNoEvent(Duration.ofSeconds(3))
                .thenCancel()
                .verify(Pod.LONG);
        longTurn.append(turn("long", "said")).then(longTurn.release()).block(Pod.LONG);
        assertThat(next.block(Pod.LONG)).containsExactly("long", "said");
    }

    @Test
    void waitingTurnThatIsCancelled_givesItsPlaceUp() {
        ConversationTurn first = pods.getFirst().open("cancelled");
        Disposable waiting = pods.getLast()
                .conversations()
                .open("alice", "demo", "cancelled")
                .subscribe();
        await().until(() -> pods.getFirst().inLine("cancelled") == 2);

        waiting.dispose();

        await().atMost(Duration.ofMillis(900)).until(() -> pods.getFirst().inLine("cancelled") == 1);
        first.release().block(Pod.LONG);
        assertThat(pods.getFirst().inLine("cancelled")).isZero();
    }

    @Test
    void turnLongerAwayThanItsLease_isRefusedWhenItAppendsLate() {
        ConversationTurn late = open(pods.getFirst(), "late", Duration.ofMillis(1));
        await().until(() -> pods.getLast().inLine("late") == 0);
        ConversationTurn next = pods.getLast().open("late");

        StepVerifier.create(late.append(turn("late", "said"))).verifyErrorSatisfies(ConversationOrderTest::isBusy);
        next.append(turn("next", "said")).then(next.release()).block(Pod.LONG);
        StepVerifier.create(late.append(turn("late", "said"))).verifyErrorSatisfies(ConversationOrderTest::isBusy);
        late.release().block(Pod.LONG);
        assertThat(remembered(pods.getFirst(), "late")).containsExactly("next", "said");
    }

    @Test
    void turnWhosePlaceIsLostToNobody_mayStillAppend() {
        ConversationTurn lonely = open(pods.getFirst(), "lonely", Duration.ofMillis(1));
        await().until(() -> pods.getLast().inLine("lonely") == 0);

        lonely.append(turn("late", "said")).then(lonely.release()).block(Pod.LONG);

        assertThat(remembered(pods.getFirst(), "lonely")).containsExactly("late", "said");
    }

    @Test
    void appendThatIsSentTwice_isRememberedOnce() {
        ConversationTurn twice = pods.getFirst().open("twice");
        twice.append(turn("once", "said")).block(Pod.LONG);
        twice.append(turn("once", "said")).then(twice.release()).block(Pod.LONG);

        assertThat(remembered(pods.getFirst(), "twice")).containsExactly("once", "said");
    }

    @Test
    void joinThatIsOvertakenByItsLeave_takesNoPlace() {
        Place place =
                new Place(pods.getFirst().redis(), properties(), ConversationKeys.of("alice", "demo", "overtaken"));

        place.leave().block(Pod.LONG);

        assertThat(place.join(9).block(Pod.LONG)).isEqualTo(-1);
        assertThat(pods.getFirst().inLine("overtaken")).isZero();
    }

    @Test
    void turnThatWaitsTooLong_isRefusedAsBusy() {
        try (Pod impatient = Pod.start(redis.ports().getFirst(), "agent.conversation.turn-wait=300ms")) {
            ConversationTurn first = pods.getFirst().open("busy");

            StepVerifier.create(impatient.conversations().open("alice", "demo", "busy"))
                    .verifyErrorSatisfies(ConversationOrderTest::isBusy);

            await().until(() -> impatient.inLine("busy") == 1);
            first.release().block(Pod.LONG);
        }
    }

    @Test
    void turnBeyondTheMostThatMayWait_isRefusedAtOnce() {
        try (Pod narrow = Pod.start(redis.ports().getFirst(), "agent.conversation.max-waiting=1")) {
            ConversationTurn first = narrow.open("full");
            Disposable second =
                    narrow.conversations().open("alice", "demo", "full").subscribe();
            await().until(() -> narrow.inLine("full") == 2);

            StepVerifier.create(narrow.conversations().open("alice", "demo", "full"))
                    .verifyErrorSatisfies(ConversationOrderTest::isBusy);

            assertThat(narrow.inLine("full")).isEqualTo(2);
            second.dispose();
            first.release().block(Pod.LONG);
        }
    }

    /** One turn that sees what was said, and fails the test if another runs at the same time. */
    private static Mono<List<String>> speak(Pod pod, String conversation, String question, AtomicInteger running) {
        return pod.conversations().open("alice", "demo", conversation).flatMap(turn -> {
            assertThat(running.incrementAndGet()).isEqualTo(1);
            return Mono.delay(Duration.ofMillis(10))
                    .then(turn.append(turn(question, "to " + question)))
                    .then(Mono.fromRunnable(running::decrementAndGet))
                    .then(turn.release())
                    .thenReturn(texts(turn));
        });
    }

    /** A turn that stops giving signs of life after a while, as in a process that is stopped. */
    private static ConversationTurn open(Pod pod, String conversation, Duration alive) {
        return Objects.requireNonNull(new RedisConversations(pod.redis(), properties(), alive)
                .open("alice", "demo", conversation)
                .block(Pod.LONG));
    }

    private static ConversationProperties properties() {
        return new ConversationProperties(
                1000,
                Duration.ofHours(1),
                Duration.ofSeconds(15),
                Duration.ofSeconds(15),
                9,
                Duration.ofMillis(300),
                Duration.ofMillis(20));
    }

    private static List<String> exchanges(int count) {
        return IntStream.range(0, count)
                .boxed()
                .flatMap(i -> Stream.of("q" + i, "to q" + i))
                .toList();
    }

    private static void isBusy(Throwable error) {
        assertThat(error).isInstanceOfSatisfying(AgentException.class, e -> {
            assertThat(e.status()).isEqualTo(503);
            assertThat(e.code()).isEqualTo("conversation_busy");
        });
    }
}
