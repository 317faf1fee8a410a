package io.agentrouter.gateway.route;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Tells when all of an answer has passed: as many bytes as were announced, or the event that ends a stream of the OpenAI API. A client
 * may close then, before the end is seen here.
 */
final class AnswerEnd {

    private static final Set<String> LAST_EVENT = Set.of("data: [DONE]", "data:[DONE]");

    /** Bytes that the last event fits into, with line breaks around it. */
    private static final int TAIL = 24;

    private final boolean isEventStream;
    private final byte[] tail = new byte[TAIL];
    private long missing;

    /** @param length in bytes; -1 where that is not announced */
    AnswerEnd(long length, boolean isEventStream) {
        this.missing = length;
        this.isEventStream = isEventStream;
        Arrays.fill(tail, (byte) '\n');
    }

    /** Whether the next piece is the last that says something. Events may be cut anywhere. */
    boolean isIn(ByteBuf piece) {
        missing -= piece.readableBytes();
        if (isEventStream) {
            keep(piece);
        }
        return missing == 0 || (isEventStream && LAST_EVENT.contains(lastLine()));
    }

    private void keep(ByteBuf piece) {
        int fresh = Math.min(piece.readableBytes(), TAIL);
        System.arraycopy(tail, fresh, tail, 0, TAIL - fresh);
        piece.getBytes(piece.writerIndex() - fresh, tail, TAIL - fresh, fresh);
    }

    /** Empty where it cannot be meant. */
    private String lastLine() {
        int end = TAIL;
        while (end > 0 && isLineBreak(tail[end - 1])) {
            end--;
        }
        if (end == 0 || tail[end - 1] != ']') {
            return "";
        }
        int start = end;
        while (start > 0 && !isLineBreak(tail[start - 1])) {
            start--;
        }
        return new String(tail, start, end - start, StandardCharsets.US_ASCII);
    }

    private static boolean isLineBreak(byte character) {
        return character == '\n' || character == '\r';
    }
}
