package io.agentrouter.runtime.demo;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.runtime.slots.Slots;
import io.agentrouter.runtime.testing.Leaving;
import io.agentrouter.runtime.testing.Script;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class LeavingClientTest extends DemoWithModel {

    private static final Duration PROMISED = ofSeconds(1);
    private static final int LARGE = 900_000;

    /** So many that the server meets the end of a connection in whatever it is doing. */
    private static final int MOMENTS = 10;

    private static final String STREAM = ",\"stream\":true";

    @AfterEach
    void everythingIsGivenBack() {
        await().atMost(ofSeconds(5)).until(() -> demo.bean(Slots.class).state().unused());
        await().atMost(ofSeconds(5))
                .until(() -> demo.agent().closed.get() == demo.agent().begun.get());
    }

    @ParameterizedTest
    @EnumSource
    void clientThatLeavesMidStream_endsTheModelCallWithinASecond(Leaving way) throws IOException {
        model.next(Script.text("Hel").thenSilence());
        try (RawClient client = RawClient.asks(demo, "ask", STREAM)) {
            client.readUntil("Hel");
            client.leave(way);
            model.lastCall().awaitClosedByClient(PROMISED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientThatLeavesBeforeTheFirstToken_endsTheModelCallWithinASecond(Leaving way) throws IOException {
        for (Script script : new Script[] {Script.silence(), Script.headThenSilence()}) {
            for (String stream : new String[] {"", STREAM}) {
                int before = model.calls().size();
                model.next(script);
                try (RawClient client = RawClient.asks(demo, "ask", stream)) {
                    await().until(() -> client.isOpen() && model.calls().size() > before);
                    client.leave(way);
                    model.lastCall().awaitClosedByClient(PROMISED);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientThatLeavesAfterALargeBody_endsTheModelCallWithinASecond(Leaving way) throws IOException {
        int before = model.calls().size();
        model.next(Script.silence());
        try (RawClient client = RawClient.asks(demo, "ask " + "x".repeat(LARGE), "")) {
            await().until(() -> model.calls().size() > before);
            client.leave(way);
            model.lastCall().awaitClosedByClient(PROMISED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void clientThatLeavesWhileItSendsItsBody_givesItsSlotBackWithinASecondAndIsNoDefect(Leaving way, CapturedOutput log)
            throws IOException {
        int before = demo.agent().begun.get();
        for (int i = 0; i < MOMENTS; i++) {
            try (RawClient client = new RawClient(demo)) {
                client.send(RawClient.head("Content-Length: " + LARGE) + "x".repeat(LARGE / 2));
                await().until(() -> !demo.bean(Slots.class).state().unused());
                client.leave(way);
                await().atMost(PROMISED)
                        .until(() -> demo.bean(Slots.class).state().unused());
            }
        }
        assertThat(demo.agent().begun).hasValue(before);
        await().during(ofMillis(200)).untilAsserted(() -> assertThat(log).doesNotContain("A defect", "ERROR"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", STREAM})
    void clientThatLeavesWhileAToolRuns_cancelsItWithinASecond(String stream) throws IOException {
        int before = demo.agent().cancelled.get();
        try (RawClient client = RawClient.asks(demo, "wait", stream)) {
            await().until(() -> client.isOpen() && demo.agent().waiting.get() > before);
        }
        await().atMost(PROMISED).until(() -> demo.agent().cancelled.get() == before + 1);
    }
}
