package io.agentrouter.sandbox.exec;

import io.agentrouter.sandbox.posix.Posix;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A pipe for a command's output. Java's own would be drained into memory, however much comes, when a command has ended
 * and something that it left behind still prints.
 */
final class OutputPipe implements AutoCloseable {

    private final int writing;
    private final InputStream reading;

    OutputPipe() throws IOException {
        int[] ends = Posix.pipe();
        this.writing = ends[1];
        try {
            this.reading = new FileInputStream("/proc/self/fd/" + ends[0]);
        } catch (IOException e) {
            Posix.close(writing);
            throw e;
        } finally {
            Posix.close(ends[0]);
        }
    }

    /** Starts a process that writes into this pipe; nobody else does afterwards. */
    Process start(ProcessBuilder builder) throws IOException {
        try {
            return builder.redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(new File("/proc/self/fd/" + writing))
                    .start();
        } finally {
            Posix.close(writing);
        }
    }

    /** Bytes read into the buffer, -1 when every writer is gone. */
    int read(byte[] buffer) throws IOException {
        return reading.read(buffer);
    }

    @Override
    public void close() throws IOException {
        reading.close();
    }
}
