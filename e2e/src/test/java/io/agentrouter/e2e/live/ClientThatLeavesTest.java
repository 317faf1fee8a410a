package io.agentrouter.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.Client;
import io.agentrouter.e2e.system.LiveSystem;
import io.agentrouter.e2e.system.OpenStream;
import io.agentrouter.e2e.system.RawRequest;
import io.agentrouter.e2e.system.SharedSystem;
import io.agentrouter.e2e.system.Way;
import io.agentrouter.runtime.testing.Leaving;
import io.agentrouter.runtime.testing.ModelCall;
import io.agentrouter.runtime.testing.Script;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that goes away, seen from the other end of the chain: gateway, agent, model. */
@ExtendWith(SharedSystem.class)
class ClientThatLeavesTest {

    private static final Duration PROMISED = Duration.ofSeconds(1);
    private static final int PASSES_UNHELD = 1 << 20;
    private static final String QUESTION = "How much memory does the coding agent get?";

    private final LiveSystem system;
    private final Client client;
    private final ScriptedModelServer model;

    @BeforeAll
    static void warmUp(LiveSystem system) {
        system.client().ask(Ask.of("qa", QUESTION));
        system.client().ask(Ask.of("coding", QUESTION));
    }

    ClientThatLeavesTest(LiveSystem system) {
        this.system = system;
        client = system.client();
        model = system.freshModel();
    }

    @ParameterizedTest
    @ValueSource(strings = {"qa", "coding"})
    void inMidStream_endsTheModelCallWithinASecond(String type) {
        model.next(Script.text("It gets ").thenSilence());
        OpenStream stream = client.open(Ask.of(type, QUESTION).streamed()).awaitText("It gets");

        stream.close();

        endsWithinASecond(Instant.now());
    }

    static Stream<Arguments> everyWay() {
        Ask whole = Ask.of("qa", QUESTION);
        Ask large = Ask.of("coding", QUESTION + "x".repeat(PASSES_UNHELD)).by(Way.PATH);
        return Arrays.stream(Leaving.values())
                .flatMap(way -> Stream.of(
                        argumentSet("whole, " + way, whole, way),
                        argumentSet("streamed, " + way, whole.streamed(), way),
                        argumentSet("large, " + way, large, way)));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void whileTheModelIsSilent_endsTheModelCallWithinASecond(Ask ask, Leaving way) {
        model.next(Script.silence());
        try (RawRequest request = RawRequest.send(system.port(), ask)) {
            await().until(() -> !model.calls().isEmpty());

            request.leave(way);

            endsWithinASecond(Instant.now());
        }
    }

    @Test
    void whileACommandRuns_endsTheCommandToo() {
        model.next(Script.tool("exec", "{\"command\":\"sleep 97\"}"));
        RawRequest request = RawRequest.send(system.port(), Ask.of("coding", QUESTION));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(commands()).anyMatch(command -> command.endsWith("sleep 97")));

        request.close();

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(commands()).noneMatch(command -> command.endsWith("sleep 97")));
    }

    private void endsWithinASecond(Instant left) {
        ModelCall call = model.lastCall();
        Instant closed = call.awaitClosedByClient(Duration.ofSeconds(20));
        assertThat(Duration.between(left, closed)).isLessThan(PROMISED);
    }

    private Stream<String> commands() {
        return system.part("sandbox").descendants().map(process -> {
            ProcessHandle.Info info = process.info();
            return info.command().orElse("") + " "
                    + String.join(" ", info.arguments().orElse(new String[0]));
        });
    }
}
