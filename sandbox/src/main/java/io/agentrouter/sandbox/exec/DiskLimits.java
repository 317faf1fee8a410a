package io.agentrouter.sandbox.exec;

import io.agentrouter.sandbox.settings.Limits;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Whether a workspace holds more than it may. */
final class DiskLimits {

    private final Limits limits;

    DiskLimits(Limits limits) {
        this.limits = limits;
    }

    /** Links are counted and not followed; what cannot be read is bounded by the free space alone. */
    boolean exceededBy(Path workspace) throws IOException {
        Count count = new Count();
        Files.walkFileTree(workspace, count);
        return count.exceeded()
                || Files.getFileStore(workspace).getUsableSpace()
                        < limits.freeDisk().toBytes();
    }

    private final class Count extends SimpleFileVisitor<Path> {
        private long bytes;
        private long files;

        private boolean exceeded() {
            return bytes > limits.workspaceSize().toBytes() || files > limits.workspaceFiles();
        }

        private FileVisitResult next() {
            return exceeded() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            files++;
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
