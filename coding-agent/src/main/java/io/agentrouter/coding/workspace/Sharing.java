package io.agentrouter.coding.workspace;

import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Who else may enter a workspace. */
enum Sharing {
    /** The sandbox runs as the agent's own user. */
    OWNER("rwx------", 0700, "rw-------", "rwx------"),
    /** The sandbox runs as another user of the same group; the set-group-id bit hands the group down. */
    GROUP("rwxr-x---", 02770, "rw-rw----", "rwxrwx---");

    private final String rootPermissions;
    private final int directoryMode;
    private final String file;
    private final String executable;

    Sharing(String rootPermissions, int directoryMode, String file, String executable) {
        this.rootPermissions = rootPermissions;
        this.directoryMode = directoryMode;
        this.file = file;
        this.executable = executable;
    }

    /** Of the directory that holds all workspaces: only the agent puts names into it. */
    String rootPermissions() {
        return rootPermissions;
    }

    int directoryMode() {
        return directoryMode;
    }

    Set<PosixFilePermission> filePermissions(boolean isExecutable) {
        return PosixFilePermissions.fromString(isExecutable ? executable : file);
    }
}
