package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.route.ScriptedAgent.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a client leaves, and what it may have sent before: the agent learns of it within a second. */
class LeavingTest extends RouteFixture {

    private static final String CODING = "/agents/coding" + CHAT;
    private static final int LARGE = 2 << 20;

    enum Way {
        CLOSE,
        RESET,
        END_OF_ITS_OWN_HALF;

        void leave(Wire client) throws IOException {
            switch (this) {
                case CLOSE -> client.close();
                case RESET -> client.reset();
                case END_OF_ITS_OWN_HALF -> client.endOutput();
            }
        }
    }

    enum Body {
        HELD_FOR_A_STREAM {
            @Override
            void send(Wire client) throws IOException {
                client.post(CHAT, ASK_STREAM);
            }
        },
        HELD_FOR_A_WHOLE_ANSWER {
            @Override
            void send(Wire client) throws IOException {
                client.post(CHAT, ASK);
            }
        },
        PASSING {
            @Override
            void send(Wire client) throws IOException {
                client.send(Wire.head(CODING, "Content-Length: " + LARGE)).send(new byte[LARGE]);
            }
        },
        PASSING_IN_CHUNKS {
            @Override
            void send(Wire client) throws IOException {
                client.send(Wire.head(CODING, "Transfer-Encoding: chunked"))
                        .chunk("x".repeat(LARGE))
                        .lastChunk();
            }
        };

        abstract void send(Wire client) throws IOException;
    }

    enum Moment implements Script {
        BEFORE_THE_ANSWER {
            @Override
            public void play(Wire gateway) {}
        },
        AFTER_ITS_HEAD {
            @Override
            public void play(Wire gateway) throws IOException {
                gateway.send(EVENTS);
            }
        },
        IN_MID_STREAM {
            @Override
            public void play(Wire gateway) throws IOException {
                gateway.send(EVENTS).chunk("data: 1\n\n");
            }
        }
    }

    static Stream<Arguments> everyLeaving() {
        return Arrays.stream(Way.values())
                .flatMap(way -> Arrays.stream(Body.values())
                        .flatMap(
                                body -> Arrays.stream(Moment.values()).map(moment -> Arguments.of(way, body, moment))));
    }

    @ParameterizedTest
    @MethodSource("everyLeaving")
    void clientThatLeaves_endsTheWorkOfAnAgentThatHasItsWholeRequest(Way way, Body body, Moment moment)
            throws Exception {
        var begun = new CompletableFuture<Void>();
        var ended = new CompletableFuture<Boolean>();
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            moment.play(gateway);
            begun.complete(null);
            ended.complete(gateway.endsWithin(1000));
        });
        try (Wire client = client()) {
            body.send(client);
            begun.get(10, TimeUnit.SECONDS);
            way.leave(client);
            assertThat(ended.get()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientThatLeavesWhileItUploads_endsTheRequestOfAnAgentThatReadsOn(Way way) throws Exception {
        var reading = new CompletableFuture<Void>();
        var ended = new CompletableFuture<Boolean>();
        agent.play(gateway -> {
            gateway.readHead();
            gateway.awaitsMore();
            reading.complete(null);
            ended.complete(gateway.endsWithin(1000));
        });
        try (Wire client = client().send(Wire.head(CODING, "Content-Length: " + LARGE))) {
            client.send(new byte[LARGE / 2]);
            reading.get(5, TimeUnit.SECONDS);
            way.leave(client);
            assertThat(ended.get()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientThatLeavesWhileMuchWaitsForIt_endsTheAgentsWork(Way way) throws Exception {
        var sent = new AtomicLong();
        var ended = new CompletableFuture<Void>();
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send(EVENTS);
            try {
                for (String chunk = "data: " + "x".repeat(8184) + "\n\n"; ; sent.incrementAndGet()) {
                    gateway.chunk(chunk);
                }
            } catch (IOException end) {
                ended.complete(null);
            }
        });
        try (Wire client = client().post(CHAT, ASK_STREAM)) {
            client.readHead();
            var before = new AtomicLong();
            await().pollInterval(Duration.ofMillis(500))
                    .until(() -> before.getAndSet(sent.get()) == sent.get() && sent.get() > 0);
            way.leave(client);
            ended.get(1, TimeUnit.SECONDS);
        }
    }

    @Test
    void clientThatLeavesWhileTheAgentReadsNothing_endsTheRequest() throws Exception {
        var begun = new CompletableFuture<Void>();
        var ended = new CompletableFuture<Void>();
        agent.play(gateway -> {
            gateway.readHead();
            begun.complete(null);
            ended.get(); // and reads nothing
        });
        try (Wire client = client().send(Wire.head(CODING, "Content-Length: 30000000"))) {
            begun.get(5, TimeUnit.SECONDS);
            client.sendUntilStuck();
            await().until(() -> active() == 1);
            // Closed without one, the end waits in the client's kernel behind what nobody takes.
            client.reset();
        }
        await().atMost(1, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(20)).until(() -> active() == 0);
        ended.complete(null);
    }

    @Test
    void answerThatCannotBePassedOn_endsTheAgentsWorkToo() throws Exception {
        var ended = new CompletableFuture<Boolean>();
        agent.play(gateway -> {
            gateway.readBody(gateway.readHead());
            gateway.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{");
            ended.complete(gateway.endsWithin(1000));
        });
        try (Wire client = client().post(CHAT, ASK)) {
            assertThat(client.readHead().getFirst()).contains(" 502 ");
            assertThat(ended.get(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Override
    String[] properties() {
        return with("router.agents.coding.uri=" + agent.uri());
    }
}
