package io.agentrouter.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.TestGateway;
import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.endpoint.Endpoints;
import io.agentrouter.gateway.endpoint.Lease;
import io.agentrouter.gateway.tenant.Tenant;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class AgentQueueTest {

    @Test
    void errorWhileASlotIsHandedOut_keepsSlotsFromNobody() {
        try (var gateway = TestGateway.start(
                        "router.agents.qa.uri=http://127.0.0.1:1", "router.agents.qa.resources.slots=2");
                Ticket running = ticket(gateway);
                Ticket first = ticket(gateway);
                Ticket second = ticket(gateway);
                Ticket third = ticket(gateway)) {
            assertThat(running.take()).isPresent();
            assertThat(first.take()).isPresent();
            var _ = first.await().subscribe();
            CompletableFuture<Lease> secondSlot = second.await().toFuture();
            CompletableFuture<Lease> thirdSlot = third.await().toFuture();
            failOnce(gateway, new OutOfMemoryError("of this test"));

            // The first gets its slot for the one that it has, and the queue hears of that one.
            assertThatThrownBy(running::close).isInstanceOf(OutOfMemoryError.class);

            await().atMost(Duration.ofSeconds(2)).until(() -> secondSlot.isDone() && thirdSlot.isDone());
        }
    }

    /** When the queue, which hears of room before, is just handing slots out. */
    private static void failOnce(TestGateway gateway, Error error) {
        var thrown = new AtomicBoolean();
        gateway.context().getBean(Endpoints.class).onRoom(type(gateway), () -> {
            if (thrown.compareAndSet(false, true)) {
                throw error;
            }
        });
    }

    private static Ticket ticket(TestGateway gateway) {
        Claim claim = Claim.of(new HttpHeaders(), type(gateway), new Tenant("anonymous", 1), 0);
        return gateway.context().getBean(Admission.class).ticket(claim);
    }

    private static AgentType type(TestGateway gateway) {
        return gateway.context().getBean(Catalog.class).get("qa");
    }
}
