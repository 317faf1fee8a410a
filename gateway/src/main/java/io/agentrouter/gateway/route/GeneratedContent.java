package io.agentrouter.gateway.route;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;

/**
 * Tells where in a stream of the OpenAI API the model speaks first: in a text, a thought or a call of a tool. An agent's first event has
 * only the role, as soon as there is a slot.
 */
final class GeneratedContent implements ByteProcessor {

    /** Ends {@code "content":"} and {@code "reasoning_content":"}; an empty text closes at once. */
    private static final byte[] TEXT = "content\":\"".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] CALL = "tool_calls\":[{".getBytes(StandardCharsets.US_ASCII);

    private int text;
    private int call;

    /** Whether it begins in the next piece. Events may be cut anywhere. */
    boolean isIn(ByteBuf piece) {
        return piece.forEachByte(this) >= 0;
    }

    @Override
    public boolean process(byte next) {
        boolean speaks = text == TEXT.length && next != '"';
        text = matched(TEXT, text, next);
        call = matched(CALL, call, next);
        return !speaks && call < CALL.length;
    }

    /** How much of a pattern has come, spaces aside, which some serializers set. Its first byte does not come again in it. */
    private static int matched(byte[] pattern, int before, byte next) {
        if (next == ' ') {
            return before;
        }
        if (before < pattern.length && next == pattern[before]) {
            return before + 1;
        }
        return next == pattern[0] ? 1 : 0;
    }
}
