package io.agentrouter.runtime.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBufUtil;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;

/**
 * A text in UTF-8, in pieces that are made when the connection asks for them: encoded at once it would take a direct buffer
 * of three times its length, and all runs of a pod share what there is of those.
 */
final class TextPieces {

    /** Reactor Netty asks for up to 128 pieces ahead. */
    private static final int CHARS = 8 << 10;

    private final String text;

    TextPieces(String text) {
        this.text = text;
    }

    /** How many bytes all of them are. */
    long length() {
        return ByteBufUtil.utf8Bytes(text);
    }

    /** The pieces, from the first to each subscriber. */
    Flux<DataBuffer> all() {
        return Flux.generate(() -> 0, (begin, sink) -> {
            if (begin == text.length()) {
                sink.complete();
                return begin;
            }
            int end = end(begin);
            sink.next(DefaultDataBufferFactory.sharedInstance.wrap(
                    text.substring(begin, end).getBytes(UTF_8)));
            return end;
        });
    }

    private int end(int begin) {
        int end = Math.min(begin + CHARS, text.length());
        boolean splitsPair = end < text.length() && Character.isSurrogatePair(text.charAt(end - 1), text.charAt(end));
        return splitsPair ? end - 1 : end;
    }
}
