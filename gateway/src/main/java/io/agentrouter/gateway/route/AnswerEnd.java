package io.agentrouter.gateway.route;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Tells when all of an answer has passed: as many bytes as were announced, or the event that ends a stream of the OpenAI API. A client
 * may close then, before the end is seen here.
 */
final class AnswerEnd {

    private static final Set<String> LAST_EVENT = Set.of("data: [DONE]", "data:[DONE]");

    private final boolean isEventStream;
    private long missing;

    /** @param length in bytes; -1 where that is not announced */
    AnswerEnd(long length, boolean isEventStream) {
        this.missing = length;
        this.isEventStream = isEventStream;
    }

    /** Whether the next piece is the last that says something. */
    boolean isIn(ByteBuf piece) {
        missing -= piece.readableBytes();
        return missing == 0 || (isEventStream && LAST_EVENT.contains(lastLine(piece)));
    }

    /** Empty where it is too long to be meant. */
    private static String lastLine(ByteBuf piece) {
        int start = piece.readerIndex();
        int end = piece.writerIndex();
        while (end > start && isLineBreak(piece.getByte(end - 1))) {
            end--;
        }
        if (end == start || piece.getByte(end - 1) != ']') {
            return "";
        }
        int line = 1 + piece.indexOf(end, start, (byte) '\n');
        int from = Math.max(start, line);
        return end - from > 12 ? "" : piece.toString(from, end - from, StandardCharsets.US_ASCII);
    }

    private static boolean isLineBreak(byte character) {
        return character == '\n' || character == '\r';
    }
}
