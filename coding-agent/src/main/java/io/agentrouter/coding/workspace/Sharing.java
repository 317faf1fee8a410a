package io.agentrouter.coding.workspace;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who else may enter a workspace. */
enum Sharing {
    /** The sandbox runs as the agent's own user. */
    OWNER(0700, "rw-------", "rwx------"),
    /** The sandbox runs as another user of the same group; the set-group-id bit hands the group down. */
    GROUP(02770, "rw-rw----", "rwxrwx---");

    private final int directoryMode;
    private final String file;
    private final String executable;

    Sharing(int directoryMode, String file, String executable) {
        this.directoryMode = directoryMode;
        this.file = file;
        this.executable = executable;
    }

    int directoryMode() {
        return directoryMode;
    }

    Set<PosixFilePermission> filePermissions(boolean isExecutable) {
        return PosixFilePermissions.fromString(isExecutable ? executable : file);
    }
}
