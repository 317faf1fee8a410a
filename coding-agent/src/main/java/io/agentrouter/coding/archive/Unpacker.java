package io.agentrouter.coding.archive;

import static io.agentrouter.coding.workspace.WorkspacePath.quoted;

import io.agentrouter.coding.workspace.DiskFullException;
import io.agentrouter.coding.workspace.WorkspaceException;
import io.agentrouter.coding.workspace.WorkspaceFiles;
import io.agentrouter.runtime.agent.InputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Puts what a client sent into a workspace: zip and tar.gz files unpacked, all others as they are. It blocks. */
public final class Unpacker {

    private final ArchiveLimits limits;

    public Unpacker(ArchiveLimits limits) {
        this.limits = limits;
    }

    /**
     * Unpacks all that a client sent.
     *
     * @return entries that were left out, being links, devices and the like
     * @throws WorkspaceException with a sentence for the client, when a name leads out or means two files, a limit is hit,
     *     or an archive is damaged; the workspace is then half filled and to be removed
     */
    public List<String> unpack(List<InputFile> files, WorkspaceFiles workspace) throws IOException {
        Target target = new Target(workspace, limits);
        for (InputFile file : files) {
            unpack(file, target);
        }
        return target.leftOut();
    }

    private void unpack(InputFile file, Target target) throws IOException {
        String name = file.name().toLowerCase(Locale.ROOT);
        if (name.endsWith(".zip")) {
            readable(file, () -> new ZipArchive(target, limits).unpack(file.content()));
        } else if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
            readable(file, () -> new TarArchive(target).unpack(file.content()));
        } else {
            target.file(file.name(), false, new ByteArrayInputStream(file.content()));
        }
    }

    /** The readers answer damage with many kinds of exceptions, unchecked ones among them. */
    private static void readable(InputFile file, Archive archive) throws IOException {
        try {
            archive.unpack();
        } catch (DiskFullException e) {
            throw e;
        } catch (WorkspaceException e) {
            throw new WorkspaceException("The archive " + quoted(file.name()) + " is refused. " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw new WorkspaceException(
                    "The archive " + quoted(file.name()) + " cannot be read: it is damaged, or not "
                            + (file.name().toLowerCase(Locale.ROOT).endsWith(".zip") ? "a zip." : "a tar.gz."));
        }
    }

    private interface Archive {
        void unpack() throws IOException;
    }
}
