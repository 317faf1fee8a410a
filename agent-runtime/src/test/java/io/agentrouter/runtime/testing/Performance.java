package io.agentrouter.runtime.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** One script, played on one connection. */
final class Performance {

    private final ModelCall call;
    private final Script script;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    Performance(ModelCall call, Script script) {
        this.call = call;
        this.script = script;
    }

    Mono<Void> play(HttpServerResponse response) {
        response.status(script.status());
        script.headers().forEach(response::header);
        List<Move> moves = script.moves(call.wantsUsage());
        Duration beforeHead = moves.stream()
                .takeWhile(Move.Pause.class::isInstance)
                .map(move -> ((Move.Pause) move).time())
                .reduce(Duration.ZERO, Duration::plus);
        Mono<Void> answer = Mono.defer(() -> {
            Flux<Move> rest = Flux.fromIterable(moves).skipWhile(Move.Pause.class::isInstance);
            return send(response, rest);
        });
        response.withConnection(connection -> watch(connection.channel().closeFuture()));
        return Mono.delay(beforeHead).then(answer);
    }

    private Mono<Void> send(HttpServerResponse response, Flux<Move> moves) {
        Channel[] channel = new Channel[1];
        response.withConnection(connection -> channel[0] = connection.channel());
        return response.send(
                        moves.concatMap(move -> perform(move, channel[0]), 1).doOnComplete(this::end), bytes -> true)
                .then();
    }

    private Mono<ByteBuf> perform(Move move, Channel channel) {
        return switch (move) {
            case Move.Send(String bytes) -> buffer(bytes);
            case Move.StartTool(String bytes) -> buffer(bytes);
            case Move.Head() -> Mono.just(Unpooled.EMPTY_BUFFER);
            case Move.Refuse() ->
                buffer(Chunks.error(
                        script.status(), call.header("Authorization").orElse("no key")));
            case Move.Pause(Duration time) -> Mono.delay(time).then(Mono.empty());
            case Move.Await(CompletableFuture<?> event) ->
                Mono.fromFuture(event, true).then(Mono.empty());
            case Move.Reset() ->
                Mono.<ByteBuf>fromRunnable(() -> reset(channel)).then(Mono.never());
        };
    }

    private static Mono<ByteBuf> buffer(String bytes) {
        return Mono.fromSupplier(() -> Unpooled.copiedBuffer(bytes, StandardCharsets.UTF_8));
    }

    private void reset(Channel channel) {
        end();
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        var _ = channel.close();
    }

    private void watch(ChannelFuture closing) {
        GenericFutureListener<Future<Void>> listener = closed -> call.markClosedByClient();
        closing.addListener(listener);
        var _ = ended.thenRun(() -> closing.removeListener(listener));
    }

    /** From here on it is not for this call that the client closes its connection, which may carry many. */
    private void end() {
        ended.complete(null);
    }
}
