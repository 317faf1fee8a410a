package io.agentrouter.qa.index;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/**
 * Folders for indexes, under the JVM's folder for temporary files. They carry the process's id: what a killed process
 * left is cleared away, in a container too, where each new process has the old one's id.
 */
final class ScratchFolders {

    private static final String PREFIX = "qa-index-";

    private final Path home;

    private ScratchFolders(Path home) {
        this.home = home;
    }

    /** Clears away what is left of processes that are no more. */
    static ScratchFolders in(Path home) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(home, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isLeftOver(folder.getFileName().toString())) {
                    FileSystemUtils.deleteRecursively(folder);
                }
            }
        }
        return new ScratchFolders(home);
    }

    /** A new empty folder; whoever asked deletes it. */
    Path create() throws IOException {
        return Files.createTempDirectory(home, PREFIX + ProcessHandle.current().pid() + "-");
    }

    private static boolean isLeftOver(String name) {
        String pid = name.substring(PREFIX.length()).replaceFirst("-.*", "");
        return pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }
}
