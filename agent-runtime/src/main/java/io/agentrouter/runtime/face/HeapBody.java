package io.agentrouter.runtime.face;

import java.util.Arrays;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;

/** A body on its way into the heap: what came is given back to the network's buffers at once, of which there are few. */
final class HeapBody {

    private static final int FIRST = 16 << 10;
    private static final byte[] NOTHING = {};

    private final int most;
    private byte[] bytes;
    private int size;
    private long came;

    /**
     * @param expected the length that was announced, negative if none was
     * @param most bytes that are taken
     */
    HeapBody(long expected, int most) {
        this.most = most;
        this.bytes = new byte[expected < 0 ? Math.min(FIRST, most) : (int) Math.min(expected, most)];
    }

    /**
     * Takes a buffer over. Of a body that becomes too large as much again is read and forgotten, so that its client reads a
     * refusal and not a reset; then it is a {@link DataBufferLimitException}.
     */
    void add(DataBuffer buffer) {
        try {
            int count = buffer.readableByteCount();
            came += count;
            if (came > 2L * most) {
                throw new DataBufferLimitException("more than twice " + most + " bytes");
            }
            if (isTooLarge()) {
                bytes = NOTHING;
                return;
            }
            if (count > bytes.length - size) {
                bytes = Arrays.copyOf(bytes, Math.min(most, Math.max(size + count, 2 * size)));
            }
            buffer.read(bytes, size, count);
            size += count;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    boolean isTooLarge() {
        return came > most;
    }

    boolean isEmpty() {
        return size == 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }
}
