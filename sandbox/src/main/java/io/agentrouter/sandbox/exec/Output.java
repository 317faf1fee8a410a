package io.agentrouter.sandbox.exec;

import java.nio.charset.StandardCharsets;

/** The head and the tail of what a command prints, in bounded memory. */
final class Output {

    private final byte[] head;
    private final byte[] tail;
    private long total;

    /** @param limit bytes that are kept, half of them from the beginning */
    Output(int limit) {
        this.head = new byte[limit / 2];
        this.tail = new byte[limit - head.length];
    }

    void add(byte[] bytes, int length) {
        for (int i = 0; i < length; i++, total++) {
            if (total < head.length) {
                head[(int) total] = bytes[i];
            } else {
                tail[at(total)] = bytes[i];
            }
        }
    }

    long total() {
        return total;
    }

    boolean truncated() {
        return leftOut() > 0;
    }

    /** UTF-8, with a replacement character for whatever is not. */
    String text() {
        if (!truncated()) {
            byte[] all = new byte[(int) total];
            System.arraycopy(head, 0, all, 0, Math.min(all.length, head.length));
            int more = Math.max(0, all.length - head.length);
            System.arraycopy(tail, 0, all, all.length - more, more);
            return new String(all, StandardCharsets.UTF_8);
        }
        byte[] end = new byte[tail.length];
        System.arraycopy(tail, at(total), end, 0, tail.length - at(total));
        System.arraycopy(tail, 0, end, tail.length - at(total), at(total));
        return new String(head, StandardCharsets.UTF_8)
                + "\n… " + leftOut() + " bytes left out …\n"
                + new String(end, StandardCharsets.UTF_8);
    }

    private int at(long position) {
        return (int) ((position - head.length) % tail.length);
    }

    private long leftOut() {
        return total - head.length - tail.length;
    }
}
