package io.agentrouter.sandbox.isolation;

import io.agentrouter.sandbox.settings.SandboxProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a command sees of the machine: system directories, its workspace, a {@code /tmp} of its own, and nothing else. */
final class BubblewrapView {

    /** What programs under {@code /usr} need of {@code /etc}; nothing here differs between users or holds a secret. */
    private static final String CONFIGURATION =
            "{alternatives,ld.so.cache,ld.so.conf,ld.so.conf.d,localtime,maven,java-*,mime.types,protocols,services}";

    private static final List<String> CERTIFICATES = List.of("/etc/ssl/certs", "/etc/pki/tls/certs", "/etc/pki/java");

    private static final List<String> NAMESPACES = List.of(
            "--unshare-pid",
            "--unshare-net",
            "--unshare-ipc",
            "--unshare-uts",
            "--unshare-cgroup-try",
            "--hostname",
            "sandbox",
            "--new-session",
            "--die-with-parent",
            "--clearenv");

    private final SandboxProperties properties;
    private final Path users;
    private final List<Mount> mounts;
    private final List<String> searchPath;

    /** @param users a directory with the {@code passwd} and {@code group} that commands see */
    BubblewrapView(SandboxProperties properties, Path users) {
        this.properties = properties;
        this.users = users;
        this.mounts = Mount.parse(properties.readOnlyMounts());
        this.searchPath = SearchPath.of(System.getenv().getOrDefault("PATH", ""), mounts);
    }

    List<String> searchPath() {
        return searchPath;
    }

    List<String> arguments(Path workspace) {
        List<String> line = new ArrayList<>(NAMESPACES);
        addDirectories(line);
        addSystem(line);
        addTemporary(line);
        mounts.forEach(mount -> bind(line, mount.source(), mount.inside()));
        line.addAll(List.of("--bind", workspace.toString(), "/workspace"));
        line.addAll(List.of("--remount-ro", "/dev", "--remount-ro", "/"));
        addEnvironment(line);
        return line;
    }

    /** Bubblewrap opens the directories that it makes on its way to their owner only, who is root and not the command's user. */
    private void addDirectories(List<String> line) {
        Stream.concat(configuration().stream(), mounts.stream().map(Mount::inside))
                .flatMap(inside -> Stream.iterate(inside.getParent(), BubblewrapView::isMade, Path::getParent))
                .distinct()
                .sorted()
                .forEach(directory -> line.addAll(List.of("--dir", directory.toString())));
    }

    private static boolean isMade(Path directory) {
        return directory.getNameCount() > 0 && !directory.startsWith("/usr");
    }

    private void addSystem(List<String> line) {
        bind(line, Path.of("/usr"), Path.of("/usr"));
        for (String top : List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64")) {
            addTop(line, Path.of(top));
        }
        configuration().forEach(path -> bind(line, path, path));
        bind(line, users.resolve("passwd"), Path.of("/etc/passwd"));
        bind(line, users.resolve("group"), Path.of("/etc/group"));
        line.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
    }

    private void addTemporary(List<String> line) {
        String size = Long.toString(properties.limits().temporary().toBytes());
        for (String directory : List.of("/tmp", "/dev/shm")) {
            line.addAll(List.of("--perms", "1777", "--size", size, "--tmpfs", directory));
        }
    }

    private void addEnvironment(List<String> line) {
        setenv(line, "PATH", String.join(":", searchPath));
        setenv(line, "HOME", "/tmp");
        setenv(line, "TMPDIR", "/tmp");
        properties.environment().forEach((name, value) -> setenv(line, name, value));
    }

    private static void addTop(List<String> line, Path top) {
        try {
            if (Files.isSymbolicLink(top)) {
                line.addAll(List.of("--symlink", Files.readSymbolicLink(top).toString(), top.toString()));
            } else if (Files.isDirectory(top)) {
                bind(line, top, top);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> configuration() {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("/etc"), CONFIGURATION)) {
            found.forEach(paths::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CERTIFICATES.stream().map(Path::of).filter(Files::isDirectory).forEach(paths::add);
        return paths;
    }

    private static void bind(List<String> line, Path source, Path inside) {
        line.addAll(List.of("--ro-bind-try", source.toString(), inside.toString()));
    }

    private static void setenv(List<String> line, String name, String value) {
        line.addAll(List.of("--setenv", name, value));
    }
}
