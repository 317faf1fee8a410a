package io.agentrouter.coding.archive;

import io.agentrouter.coding.workspace.WorkspaceException;

/** What may still come out of the files of one run. */
final class Budget {

    /** A few small files of one repeated letter are no bomb. */
    private static final long FREE_OF_RATIO = 1 << 20;

    private final ArchiveLimits limits;
    private long entries;
    private long bytes;
    private long archiveBytes;
    private long archiveSize;

    Budget(ArchiveLimits limits) {
        this.limits = limits;
    }

    /** A new archive of {@code size} bytes begins. */
    void archive(long size) {
        archiveSize = size;
        archiveBytes = 0;
    }

    void entry() throws WorkspaceException {
        if (++entries > limits.maxEntries()) {
            throw new WorkspaceException("There are more than " + limits.maxEntries() + " files and directories.");
        }
    }

    void content(long count) throws WorkspaceException {
        bytes += count;
        if (bytes > limits.maxBytes().toBytes()) {
            throw new WorkspaceException(
                    "Unpacked, the files are larger than " + limits.maxBytes().toMegabytes() + " MiB.");
        }
    }

    /** What an archive's decompressor gave, of which the content is a part. */
    void decompressed(long count) throws WorkspaceException {
        archiveBytes += count;
        if (archiveBytes > FREE_OF_RATIO && archiveBytes / limits.maxRatio() > archiveSize) {
            throw new WorkspaceException(
                    "Unpacked, the archive is more than " + limits.maxRatio() + " times as large as it is packed.");
        }
    }
}
