package io.agentrouter.coding.workspace;

/**
 * What stands at one place of a workspace.
 *
 * @param size in bytes, of a file
 * @param executable whether its owner may execute it, of a file
 */
public record Entry(WorkspacePath path, Kind kind, long size, boolean executable) {

    /** {@code OTHER} is a pipe, socket or device. */
    public enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        OTHER
    }
}
