package io.agentrouter.sandbox.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where commands find programs: the directories of this process's own {@code PATH} that only root can change and that a
 * command sees. Tools in someone's home directory are left out unless they are mounted by configuration.
 */
final class SearchPath {

    private static final List<String> ALWAYS = List.of("/usr/local/bin", "/usr/bin", "/bin");

    private SearchPath() {}

    static List<String> of(String path, List<Mount> mounts) {
        return Stream.concat(Stream.of(path.split(":", -1)), ALWAYS.stream())
                .filter(entry -> entry.startsWith("/"))
                .map(Path::of)
                .filter(Files::isDirectory)
                .filter(directory -> isSystem(directory) || isMounted(directory, mounts))
                .map(Path::toString)
                .distinct()
                .toList();
    }

    private static boolean isMounted(Path directory, List<Mount> mounts) {
        return mounts.stream().anyMatch(mount -> directory.startsWith(mount.inside()));
    }

    private static boolean isSystem(Path directory) {
        try {
            Path real = directory.toRealPath();
            return real.startsWith("/usr") && belongsToRoot(real);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean belongsToRoot(Path directory) throws IOException {
        var permissions = Files.getPosixFilePermissions(directory);
        return Objects.equals(Files.getAttribute(directory, "unix:uid"), 0)
                && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }
}
