package io.agentrouter.runtime.face;

import java.util.Arrays;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;

/** A body on its way into the heap: what came is given back to the network's buffers at once, of which there are few. */
final class HeapBody {

    private static final int FIRST = 16 << 10;

    private final int most;
    private byte[] bytes;
    private int size;

    /**
     * @param expected the length that was announced, negative if none was
     * @param most bytes that are taken
     */
    HeapBody(long expected, int most) {
        this.most = most;
        this.bytes = new byte[expected < 0 ? Math.min(FIRST, most) : (int) Math.min(expected, most)];
    }

    /** Takes a buffer over; a {@link DataBufferLimitException} when the body becomes too large. */
    void add(DataBuffer buffer) {
        try {
            int count = buffer.readableByteCount();
            if (count > most - size) {
                throw new DataBufferLimitException("more than " + most + " bytes");
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
