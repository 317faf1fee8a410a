package io.agentrouter.runtime.face;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.AgentProperties;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(OutputCaptureExtension.class)
class EndedConnectionTest {

    private static final DataSize ANY_SIZE = DataSize.ofMegabytes(1);
    private static final Duration ANY_TIME = Duration.ofSeconds(10);
    private static final Duration A_MOMENT = Duration.ofMillis(200);

    private final AgentProperties properties = new AgentProperties(
            "demo", ANY_SIZE, ANY_SIZE, ANY_SIZE, false, ANY_SIZE, ANY_TIME, ANY_TIME, 1, ANY_TIME, ANY_TIME, ANY_TIME);

    /** As Reactor Netty says it of a connection that was closed, and of one that was reset. */
    static Stream<Exception> connectionEnds() {
        return Stream.of(
                new AbortedException("Connection has been closed"), new IOException("Connection reset by peer"));
    }

    @ParameterizedTest
    @MethodSource("connectionEnds")
    void connectionThatEndsWithinABody_isNoDefect_andIsAnsweredByNothing(Exception end, CapturedOutput log) {
        Flux<DataBuffer> body = Flux.error(end);
        var exchange =
                MockServerWebExchange.from(MockServerHttpRequest.post("/").body(body));
        Errors errors = new Errors(JsonMapper.shared(), properties);
        Mono<Void> read = new RequestReader(properties)
                .read(exchange.getRequest())
                .then()
                .onErrorResume(error -> errors.handle(exchange, error));

        StepVerifier.create(read)
                .expectSubscription()
                .expectNoEvent(A_MOMENT)
                .thenCancel()
                .verify(ANY_TIME);

        assertThat(exchange.getResponse().isCommitted()).isFalse();
        assertThat(log).doesNotContain("A defect");
    }
}
