package io.agentrouter.coding.workspace;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A run's files as they came in, where no command reaches them. */
public final class Originals {

    private final SecureDirectoryStream<Path> directory;
    private final AtomicInteger count = new AtomicInteger();

    /** @param directory private to the agent; it is closed with the workspace */
    Originals(SecureDirectoryStream<Path> directory) {
        this.directory = directory;
    }

    /** Keeps the content, and says under which number. */
    public int keep(byte[] content) throws IOException {
        int number = count.incrementAndGet();
        try (SeekableByteChannel out =
                directory.newByteChannel(name(number), Set.of(CREATE_NEW, WRITE, NOFOLLOW_LINKS))) {
            for (ByteBuffer left = ByteBuffer.wrap(content); left.hasRemaining(); ) {
                out.write(left);
            }
        } catch (IOException e) {
            throw DiskFullException.isMeantBy(e) ? new DiskFullException() : e;
        }
        return number;
    }

    /** The content that was kept under a number. */
    public byte[] read(int number) throws IOException {
        try (var in = Channels.newInputStream(directory.newByteChannel(name(number), Set.of(READ, NOFOLLOW_LINKS)))) {
            return in.readAllBytes();
        }
    }

    private static Path name(int number) {
        return Path.of("original-" + number);
    }
}
