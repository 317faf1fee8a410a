package io.agentrouter.coding.archive;

import io.agentrouter.coding.workspace.WorkspaceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Unpacks a tar.gz. */
final class TarArchive {

    /** Long names and extended headers are held in memory by the reader, which itself sets them no bound. */
    private static final long MAX_HEADERS = 256 << 10;

    private static final int OWNER_EXECUTE = 0100;

    private final Target target;
    private long headerBytes;
    private boolean inHeader;

    TarArchive(Target target) {
        this.target = target;
    }

    void unpack(byte[] archive) throws IOException {
        target.budget().archive(archive.length);
        try (InputStream gzip = GzipCompressorInputStream.builder()
                        .setInputStream(new ByteArrayInputStream(archive))
                        .setDecompressConcatenated(true)
                        .get();
                TarArchiveInputStream tar = new TarArchiveInputStream(new MeteredStream(gzip, this::meter))) {
            for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
                unpack(entry, tar);
                tar.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    private TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
        headerBytes = 0;
        inHeader = true;
        try {
            return tar.getNextEntry();
        } finally {
            inHeader = false;
        }
    }

    private void meter(long count) throws WorkspaceException {
        target.budget().decompressed(count);
        headerBytes += inHeader ? count : 0;
        if (headerBytes > MAX_HEADERS) {
            throw new WorkspaceException("An entry's header in the archive is larger than 256 KiB.");
        }
    }

    private void unpack(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
        if (entry.isSparse()) {
            throw new WorkspaceException("It has a sparse file in it: pack it again without sparse files.");
        }
        if (entry.isDirectory()) {
            target.directory(entry.getName());
        } else if (isPlain(entry)) {
            target.file(entry.getName(), (entry.getMode() & OWNER_EXECUTE) != 0, tar);
        } else {
            target.leaveOut(entry.getName());
        }
    }

    private static boolean isPlain(TarArchiveEntry entry) {
        return entry.isFile()
                && !entry.isSymbolicLink()
                && !entry.isLink()
                && !entry.isCharacterDevice()
                && !entry.isBlockDevice()
                && !entry.isFIFO();
    }
}
