package io.agentrouter.coding.archive;

import io.agentrouter.coding.workspace.WorkspaceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Unpacks a zip by its central directory, the only place that holds modes and says which entries are meant. */
final class ZipArchive {

    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int OWNER_EXECUTE = 0100;

    /** Jars inside a project's archive hold such records too, hence more of them than entries may be seen. */
    private static final int RECORDS_PER_ENTRY = 4;

    private final Target target;
    private final ArchiveLimits limits;

    ZipArchive(Target target, ArchiveLimits limits) {
        this.target = target;
        this.limits = limits;
    }

    void unpack(byte[] archive) throws IOException {
        refuseManyRecords(archive);
        target.budget().archive(archive.length);
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(archive))
                .get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                unpack(entry, zip);
            }
        }
    }

    /** The reader holds the whole central directory in memory before it gives the first entry, however large that is. */
    private void refuseManyRecords(byte[] archive) throws WorkspaceException {
        long records = 0;
        for (int i = 0; i + 3 < archive.length; i++) {
            if (archive[i] == 'P' && archive[i + 1] == 'K' && archive[i + 2] == 1 && archive[i + 3] == 2) {
                records++;
            }
        }
        if (records > (long) RECORDS_PER_ENTRY * limits.maxEntries()) {
            throw new WorkspaceException("There are more than " + limits.maxEntries() + " files and directories.");
        }
    }

    private void unpack(ZipArchiveEntry entry, ZipFile zip) throws IOException {
        int type = entry.getUnixMode() & TYPE;
        if (entry.isDirectory()) {
            target.directory(entry.getName());
        } else if (type != 0 && type != REGULAR) {
            target.leaveOut(entry.getName());
        } else if (!zip.canReadEntryData(entry)) {
            throw new WorkspaceException("The archive is encrypted, or packed by a method that is not supported.");
        } else {
            file(entry, zip);
        }
    }

    private void file(ZipArchiveEntry entry, ZipFile zip) throws IOException {
        boolean executable = (entry.getUnixMode() & OWNER_EXECUTE) != 0;
        try (InputStream content = new MeteredStream(zip.getInputStream(entry), target.budget()::decompressed)) {
            target.file(entry.getName(), executable, content);
        }
    }
}
