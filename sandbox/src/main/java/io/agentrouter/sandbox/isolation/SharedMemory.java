package io.agentrouter.sandbox.isolation;

import io.agentrouter.sandbox.posix.Posix;
import io.agentrouter.sandbox.workspace.Deletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory in which the C library makes semaphores and shared memory: one for all commands that run in place. */
final class SharedMemory {

    private static final Logger log = LoggerFactory.getLogger(SharedMemory.class);

    static final Path DIRECTORY = Path.of("/dev/shm");

    private SharedMemory() {}

    /** Deletes what belongs to the user of this process, as whom nothing else may run. */
    static void empty() throws IOException {
        if (!Files.isDirectory(DIRECTORY)) {
            return;
        }
        try (var entries = Files.newDirectoryStream(DIRECTORY)) {
            for (Path entry : entries) {
                delete(entry);
            }
        }
    }

    /** One that stays must not keep the others. */
    private static void delete(Path entry) {
        try {
            if (Objects.equals(Files.getAttribute(entry, "unix:uid", LinkOption.NOFOLLOW_LINKS), Posix.user())) {
                Deletion.of(entry);
                Files.deleteIfExists(entry);
            }
        } catch (NoSuchFileException e) {
            // Its user deleted it.
        } catch (IOException e) {
            log.warn("Something stays in {}: {}", DIRECTORY, e.getClass().getSimpleName());
        }
    }
}
