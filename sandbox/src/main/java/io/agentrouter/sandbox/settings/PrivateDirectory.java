package io.agentrouter.sandbox.settings;

import io.agentrouter.sandbox.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The directory of the socket: what lies in it is reached by its owner, and by its group where that is configured. */
@Component
public class PrivateDirectory {

    private final Path path;

    PrivateDirectory(SandboxProperties properties) throws IOException {
        this.path = properties.socket().resolveSibling("").toAbsolutePath();
        var wanted = PosixFilePermissions.fromString(
                properties.socketAccess() == SocketAccess.GROUP ? "rwxr-x---" : "rwx------");
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path.resolveSibling(""));
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(wanted));
        }
        Check.that(
                Objects.equals(Files.getAttribute(path, "unix:uid"), Posix.user()),
                "sandbox.socket: the directory " + path + " belongs to another user; name one that does not exist");
        Set<PosixFilePermission> others = Files.getPosixFilePermissions(path);
        others.removeAll(wanted);
        Check.that(
                others.isEmpty(),
                "sandbox.socket: the directory " + path + " is open to others; chmod it to "
                        + PosixFilePermissions.toString(wanted) + " or name a directory that does not exist");
    }

    /** The directory's path; it exists. */
    public Path path() {
        return path;
    }
}
