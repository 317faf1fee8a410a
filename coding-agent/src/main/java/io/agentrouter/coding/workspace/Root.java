package io.agentrouter.coding.workspace;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/** The directory that agent and sandbox share: the agent's own, whatever others may do to the directory around it. */
final class Root {

    private Root() {}

    /**
     * Makes the directory if it is missing, and opens it.
     *
     * @throws IOException a sentence that names the configuration's key, if others could put something of theirs into it
     */
    static SecureDirectoryStream<Path> open(Path directory, Sharing sharing) throws IOException {
        Files.createDirectories(directory.toAbsolutePath().getParent());
        if (sharing == Sharing.GROUP) {
            replaceOthers(directory);
        }
        make(directory, sharing.rootPermissions());
        return checked(directory, Directories.open(directory));
    }

    /** Makes and opens the agent's private directory in it. */
    static SecureDirectoryStream<Path> openPrivate(Path directory, SecureDirectoryStream<Path> root, Path name)
            throws IOException {
        make(directory.resolve(name), "rwx------");
        return checked(directory.resolve(name), Directories.open(root, name));
    }

    /** The sandbox may have started first and made the directory for itself; nothing is in it then. */
    private static void replaceOthers(Path directory) throws IOException {
        try {
            if (!isOwn(Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS))) {
                Files.delete(directory);
            }
        } catch (NoSuchFileException e) {
            // made below
        } catch (AccessDeniedException | DirectoryNotEmptyException e) {
            throw new IOException("coding.workspaces: " + directory + " belongs to another user, and is not empty or "
                    + "not to be replaced. Name a directory that does not exist yet; the agent makes it.");
        }
    }

    private static void make(Path directory, String permissions) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        } catch (FileAlreadyExistsException e) {
            throw new IOException("coding.workspaces: " + directory + " is not a directory.", e);
        }
    }

    /** By the open handle, since the name may mean something else a moment later. */
    private static SecureDirectoryStream<Path> checked(Path name, SecureDirectoryStream<Path> open) throws IOException {
        PosixFileAttributes attributes =
                open.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
        var permissions = attributes.permissions();
        if (isOwn(attributes)
                && !permissions.contains(PosixFilePermission.GROUP_WRITE)
                && !permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            return open;
        }
        open.close();
        throw new IOException("coding.workspaces: others may write to " + name
                + ". Name a directory in it that does not exist yet; the agent makes it.");
    }

    private static boolean isOwn(PosixFileAttributes attributes) throws IOException {
        return attributes.owner().equals(Files.getOwner(Path.of("/proc/self")));
    }
}
