package io.agentrouter.sandbox.exec;

import io.agentrouter.sandbox.settings.Limits;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Whether a command wrote more than it may. */
final class DiskLimits {

    /** No project nests like this; what did would soon have names that are too long to be looked at. */
    private static final int DEEPEST = 200;

    private final Limits limits;

    DiskLimits(Limits limits) {
        this.limits = limits;
    }

    boolean exceededBy(Path workspace, Optional<Path> temporary) throws IOException {
        return exceeds(workspace, limits.workspaceSize())
                || (temporary.isPresent() && exceeds(temporary.get(), limits.temporary()))
                || isNearlyFull(Files.getFileStore(workspace));
    }

    private boolean isNearlyFull(FileStore disk) throws IOException {
        long share = disk.getTotalSpace() / 100 * limits.freeDiskPercent();
        return disk.getUsableSpace() < Math.max(limits.freeDisk().toBytes(), share);
    }

    /** Links are counted and not followed; what cannot be read is bounded by the free space alone. */
    private boolean exceeds(Path directory, DataSize most) throws IOException {
        Count count = new Count(directory, most);
        Files.walkFileTree(directory, count);
        return count.exceeded();
    }

    private final class Count extends SimpleFileVisitor<Path> {
        private final int deepest;
        private final DataSize most;
        private boolean tooDeep;
        private long bytes;
        private long files;

        private Count(Path directory, DataSize most) {
            this.deepest = directory.getNameCount() + DEEPEST;
            this.most = most;
        }

        private boolean exceeded() {
            return tooDeep || bytes > most.toBytes() || files > limits.workspaceFiles();
        }

        private FileVisitResult next() {
            return exceeded() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            files++;
            tooDeep |= directory.getNameCount() > deepest;
            return next();
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files++;
            bytes += attributes.size();
            return next();
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            files++;
            return next();
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
            return next();
        }
    }
}
