package io.agentrouter.gateway.route;

import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/** A real answer of an agent, and a client that leaves in the one moment in which a piece of it is between the two. */
class AnswerRelayTest extends RouteFixture {

    @Test
    void clientThatLeavesAsAShortAnswerComes_leavesNoBuffer() {
        agent.answerJson("{}");
        var client = new BaseSubscriber<ByteBuf>() {};
        var passed = new AtomicReference<ByteBuf>();

        relay(piece -> {
                    passed.set(piece);
                    client.cancel();
                })
                .joined()
                .subscribe(client);

        await().until(() -> passed.get() != null && passed.get().refCnt() == 0);
    }

    private AnswerRelay relay(Consumer<ByteBuf> passing) {
        AgentType type = gateway.context().getBean(Catalog.class).get("qa");
        AgentAnswer answer = HttpClient.create()
                .post()
                .uri(agent.uri())
                .responseConnection((head, wire) -> Mono.just(AgentAnswer.of(head, wire, new AgentConnection())))
                .blockFirst(Duration.ofSeconds(10));
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        return new AnswerRelay(Objects.requireNonNull(answer), type, deadline, passing);
    }
}
