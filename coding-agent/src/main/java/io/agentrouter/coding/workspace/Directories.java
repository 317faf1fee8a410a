package io.agentrouter.coding.workspace;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.agentrouter.coding.workspace.Entry.Kind;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/**
 * Open directories, addressed by handle and one name at a time (openat with O_NOFOLLOW and its kin): between a look and
 * a deed no link can be slipped in. One race is left that Java gives no means against: a named pipe put in a file's
 * place right after the look holds the opening thread until it gets a writer, hence the bounded scheduler and deadlines.
 */
final class Directories {

    private Directories() {}

    /** Opens a directory whose parents nobody else may change. */
    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    static SecureDirectoryStream<Path> open(Path directory) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(directory);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("This file system cannot hold workspaces: it has no directory handles.");
    }

    /** Looks before it opens: to open a pipe would wait for a writer, and to open a file as a directory costs handles. */
    static SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        if (!attributes(parent, name).isDirectory()) {
            throw new NotDirectoryException(name.toString());
        }
        return parent.newDirectoryStream(name, NOFOLLOW_LINKS);
    }

    /** A second handle on the same directory, since each can be read through once only. */
    static SecureDirectoryStream<Path> reopen(SecureDirectoryStream<Path> directory) throws IOException {
        return open(directory, Path.of("."));
    }

    static PosixFileAttributes attributes(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        return directory
                .getFileAttributeView(name, PosixFileAttributeView.class, NOFOLLOW_LINKS)
                .readAttributes();
    }

    static Entry entry(SecureDirectoryStream<Path> directory, Path name, WorkspacePath path) throws IOException {
        PosixFileAttributes attributes = attributes(directory, name);
        return new Entry(
                path,
                kind(attributes),
                attributes.size(),
                attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE));
    }

    private static Kind kind(PosixFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            return Kind.FILE;
        }
        if (attributes.isDirectory()) {
            return Kind.DIRECTORY;
        }
        return attributes.isSymbolicLink() ? Kind.LINK : Kind.OTHER;
    }

    /** Up to {@code limit} names of an open directory. */
    static List<Path> names(SecureDirectoryStream<Path> directory, int limit) throws IOException {
        List<Path> names = new ArrayList<>();
        try {
            for (Path entry : directory) {
                if (names.size() == limit) {
                    break;
                }
                names.add(entry.getFileName());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }
}
