package io.agentrouter.coding.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reports what is read through it, as it is read, to a meter that may refuse more. */
final class MeteredStream extends FilterInputStream {

    private final Meter meter;

    MeteredStream(InputStream in, Meter meter) {
        super(in);
        this.meter = meter;
    }

    interface Meter {
        void read(long count) throws IOException;
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        if (value >= 0) {
            meter.read(1);
        }
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            meter.read(count);
        }
        return count;
    }

    /** By reading, so that skipped bytes count too. */
    @Override
    public long skip(long count) throws IOException {
        return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, 8192)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
