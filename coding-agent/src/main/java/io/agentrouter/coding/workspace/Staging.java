package io.agentrouter.coding.workspace;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A private directory beside a workspace, where what goes into the workspace is made whole before it is moved there.
 * So the agent never opens a file in the workspace for writing, which might be a link or a pipe by then, and directories
 * can be made at all: Java has no mkdirat.
 */
final class Staging implements Closeable {

    private final AtomicLong counter = new AtomicLong();
    private final Path path;
    private final SecureDirectoryStream<Path> handle;
    private final Sharing sharing;

    /** @param path where {@code handle} was opened, for the one thing that takes a path: making a directory */
    Staging(Path path, SecureDirectoryStream<Path> handle, Sharing sharing) {
        this.path = path;
        this.handle = handle;
        this.sharing = sharing;
    }

    /** Makes a file of the content and moves it to the name, whatever stood there, directories excepted. */
    void moveFile(InputStream content, boolean executable, SecureDirectoryStream<Path> target, Path name)
            throws IOException {
        Path staged = next();
        try {
            try (OutputStream out = Channels.newOutputStream(
                    handle.newByteChannel(staged, Set.of(CREATE_NEW, WRITE, NOFOLLOW_LINKS)))) {
                content.transferTo(out);
            }
            handle.getFileAttributeView(staged, PosixFileAttributeView.class, NOFOLLOW_LINKS)
                    .setPermissions(sharing.filePermissions(executable));
            handle.move(staged, target, name);
        } catch (IOException e) {
            deleteIfThere(staged);
            throw e;
        }
    }

    /** Makes an empty directory and moves it to the name, where nothing or an empty directory may stand. */
    void moveDirectory(SecureDirectoryStream<Path> target, Path name) throws IOException {
        Path staged = next();
        Files.createDirectory(path.resolve(staged));
        try {
            Files.setAttribute(path.resolve(staged), "unix:mode", sharing.directoryMode(), NOFOLLOW_LINKS);
            handle.move(staged, target, name);
        } catch (IOException e) {
            handle.deleteDirectory(staged);
            throw e;
        }
    }

    private Path next() {
        return Path.of("staged-" + counter.incrementAndGet());
    }

    private void deleteIfThere(Path staged) throws IOException {
        try {
            handle.deleteFile(staged);
        } catch (NoSuchFileException e) {
            // never made
        }
    }

    @Override
    public void close() throws IOException {
        handle.close();
    }
}
