package io.agentrouter.runtime.memory;

import static io.agentrouter.runtime.memory.Talk.remembered;
import static io.agentrouter.runtime.memory.Talk.say;
import static io.agentrouter.runtime.memory.Talk.turn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.agent.AgentException;
import io.agentrouter.runtime.testing.RedisServers;
import io.lettuce.core.resource.Delay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import redis.embedded.RedisServer;

class RedisOutageTest {

    private static final Duration BOUND = Duration.ofSeconds(1);

    private RedisServer redis;
    private Pod pod;

    @BeforeEach
    void start() {
        redis = RedisServers.start();
        pod = Pod.start(port(), "agent.conversation.redis-wait=" + BOUND.toMillis() + "ms");
    }

    @AfterEach
    void stop() throws IOException {
        pod.close();
        redis.stop();
    }

    @Test
    void redisThatNeverAnswered_makesTheRunWaitUpToTheBound() throws IOException {
        redis.stop();

        Duration waited = StepVerifier.create(open("first"))
                .expectErrorSatisfies(RedisOutageTest::isUnavailable)
                .verify(Pod.LONG);

        assertThat(waited).isBetween(BOUND, BOUND.plusSeconds(2));
    }

    @Test
    void redisThatWentAway_makesTheRunWaitUpToTheBound() throws IOException {
        say(pod, "gone", "question", "answer");
        redis.stop();

        Duration waited = StepVerifier.create(open("gone"))
                .expectErrorSatisfies(RedisOutageTest::isUnavailable)
                .verify(Pod.LONG);

        assertThat(waited).isBetween(BOUND, BOUND.plusSeconds(2));
    }

    /** Under so many commands that some of each kind are not answered yet: their connection is reset. */
    @RepeatedTest(3)
    void redisThatIsKilledUnderLoad_makesEveryRunWaitUpToTheBound() throws Exception {
        Mono<List<Throwable>> failures = Flux.range(0, 128)
                .flatMap(
                        worker -> open("killed-" + worker)
                                .flatMap(turn ->
                                        turn.append(turn("question", "answer")).then(turn.release()))
                                .repeat()
                                .then(Mono.<Throwable>empty())
                                .onErrorResume(Mono::just),
                        128)
                .collectList()
                .cache();
        failures.subscribe();
        await().until(() -> pod.inLine("killed-127") > 0);
        RedisServers.kill(redis);

        assertThat(failures.block(Pod.LONG)).hasSize(128).allSatisfy(RedisOutageTest::isUnavailable);
    }

    @Test
    void lostConnection_isTriedAgainEverySecondHoweverLongRedisIsAway() {
        Delay pauses = pod.clientResources().reconnectDelay();

        assertThat(IntStream.rangeClosed(1, 100).mapToObj(pauses::createDelay))
                .allMatch(pause -> pause.compareTo(Duration.ofSeconds(1)) <= 0);
    }

    @Test
    void commandsWithoutAConnection_areRefusedAtOnce() throws IOException {
        say(pod, "refused", "question", "answer");
        redis.stop();
        Mono<Long> command = pod.redis().opsForList().size("any");
        await().untilAsserted(() -> StepVerifier.create(command).expectError().verify(Pod.LONG));

        StepVerifier.create(command).expectError().verify(Duration.ofMillis(500));
    }

    @Test
    void redisThatIsSilent_makesTheRunWaitUpToTheBound() throws Exception {
        say(pod, "silent", "question", "answer");
        RedisServers.whilePaused(redis, () -> {
            Duration waited = StepVerifier.create(open("silent"))
                    .expectErrorSatisfies(RedisOutageTest::isUnavailable)
                    .verify(Pod.LONG);

            assertThat(waited).isBetween(BOUND, BOUND.plusSeconds(2));
        });
        assertThat(remembered(pod, "silent")).containsExactly("question", "answer");
    }

    @Test
    void redisThatComesBackWithinTheBound_letsTheRunGoOn() throws IOException {
        try (Pod patient = Pod.start(port(), "agent.conversation.redis-wait=15s")) {
            say(patient, "back", "question", "answer");
            redis.stop();
            Mono<ConversationTurn> waiting =
                    patient.conversations().open("alice", "demo", "back").cache();
            waiting.subscribe();
            StepVerifier.create(waiting)
                    .expectSubscription()
                    .expectNoEvent(Duration.ofSeconds(3))
                    .thenCancel()
                    .verify(Pod.LONG);

            redis = RedisServers.start(port());

            waiting.flatMap(turn -> turn.append(turn("question", "answer")).then(turn.release()))
                    .block(Pod.LONG);
            assertThat(remembered(patient, "back")).containsExactly("question", "answer");
        }
    }

    @Test
    void redisThatGoesWhileATurnIsWaitedFor_makesTheRunWaitNoLongerInAll() throws IOException {
        try (Pod waiting =
                Pod.start(port(), "agent.conversation.turn-wait=3s", "agent.conversation.redis-wait=2500ms")) {
            pod.open("both");

            Duration waited = StepVerifier.create(waiting.conversations().open("alice", "demo", "both"))
                    .expectSubscription()
                    .expectNoEvent(Duration.ofSeconds(2))
                    .then(() -> stopRedis())
                    .expectErrorSatisfies(RedisOutageTest::isUnavailable)
                    .verify(Pod.LONG);

            assertThat(waited).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
        }
    }

    @Test
    void redisThatIsAwayWhenATurnEnds_isWaitedForAndTheTurnIsStored() throws IOException {
        ConversationTurn turn = pod.open("append");
        redis.stop();
        Mono<Void> append = turn.append(turn("question", "answer")).cache();
        append.subscribe();

        redis = RedisServers.start(port());

        append.then(turn.release()).block(Pod.LONG);
        assertThat(remembered(pod, "append")).containsExactly("question", "answer");
    }

    @Test
    void turnThatCannotBeStored_fails() throws IOException {
        ConversationTurn turn = pod.open("lost");
        redis.stop();

        StepVerifier.create(turn.append(turn("question", "answer")))
                .expectErrorSatisfies(RedisOutageTest::isUnavailable)
                .verify(Pod.LONG);
        StepVerifier.create(turn.release()).expectComplete().verify(Pod.LONG);
    }

    @Test
    void redisThatForgotTheLine_leavesTheTurnToItsHolder() throws IOException {
        try (Pod brisk = Pod.start(port(), "agent.conversation.lease=300ms")) {
            ConversationTurn turn = brisk.open("forgot");
            redis.stop();
            redis = RedisServers.start(port());

            await().ignoreExceptions().until(() -> brisk.inLine("forgot") == 1);
            turn.append(turn("question", "answer")).then(turn.release()).block(Pod.LONG);
            assertThat(remembered(brisk, "forgot")).containsExactly("question", "answer");
        }
    }

    @Test
    void silentRedis_holdsNoEventLoopUp() throws Exception {
        RedisServers.whilePaused(redis, () -> {
            StepVerifier.create(Mono.fromRunnable(() -> open("loop").subscribe(turn -> {}, e -> {}))
                            .subscribeOn(Schedulers.parallel())
                            .then())
                    .expectComplete()
                    .verify(Duration.ofMillis(500));
        });
    }

    private Mono<ConversationTurn> open(String conversation) {
        return pod.conversations().open("alice", "demo", conversation);
    }

    private void stopRedis() {
        try {
            redis.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int port() {
        return redis.ports().getFirst();
    }

    private static void isUnavailable(Throwable error) {
        assertThat(error).isInstanceOfSatisfying(AgentException.class, e -> {
            assertThat(e.status()).isEqualTo(503);
            assertThat(e.code()).isEqualTo("conversation_unavailable");
        });
    }
}
