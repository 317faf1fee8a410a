package io.agentrouter.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Somebody as whom root can try things.
 *
 * @param id 0 for whoever runs the tests
 */
record User(int id, int group) {

    static final User SELF = new User(0, 0);

    /** The two users of a pod, with one group, and one who has nothing to do with them. */
    static final User SANDBOX = new User(62345, 62000);

    static final User AGENT = new User(62346, 62000);
    static final User STRANGER = new User(62347, 62347);

    private static @Nullable String classPath;

    static boolean isRoot() throws IOException {
        return Objects.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"), 0);
    }

    /** One without any privilege. */
    static User ordinary() throws IOException {
        return isRoot() ? new User(62345, 62345) : SELF;
    }

    /** The command as it runs as this user. */
    List<String> command(List<String> command) {
        List<String> line = new ArrayList<>();
        if (id != 0) {
            line.addAll(List.of("setpriv", "--reuid=" + id, "--regid=" + group, "--clear-groups"));
        }
        line.addAll(command);
        return line;
    }

    /** Makes this user the owner of a tree. */
    void own(Path directory) throws IOException {
        if (id == 0) {
            return;
        }
        try (var paths = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.setAttribute(path, "unix:gid", group);
                Files.setAttribute(path, "unix:uid", id);
            }
        }
    }

    /** The class path; root's own is copied to where everybody may read it. */
    String classPath() throws IOException {
        return id == 0 ? System.getProperty("java.class.path") : readableClassPath();
    }

    private static synchronized String readableClassPath() throws IOException {
        if (classPath == null) {
            Path copy = Files.createTempDirectory("sandbox-classes-");
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(copy)));
            classPath = copy(copy);
        }
        return classPath;
    }

    private static String copy(Path target) throws IOException {
        List<String> copies = new ArrayList<>();
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        for (int i = 0; i < entries.length; i++) {
            Path entry = Path.of(entries[i]);
            Path copy = target.resolve(i + "-" + entry.getFileName());
            if (Files.isDirectory(entry)) {
                FileSystemUtils.copyRecursively(entry, copy);
            } else if (Files.exists(entry)) {
                Files.copy(entry, copy);
            }
            copies.add(copy.toString());
        }
        return String.join(File.pathSeparator, copies);
    }

    private static void delete(Path directory) {
        try {
            FileSystemUtils.deleteRecursively(directory);
        } catch (IOException e) {
            System.err.println("Left behind: " + directory);
        }
    }
}
