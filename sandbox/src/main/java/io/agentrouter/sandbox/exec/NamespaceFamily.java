package io.agentrouter.sandbox.exec;

import io.agentrouter.sandbox.posix.Posix;
import java.util.List;

/** The processes of a namespace: none can leave it, and the kernel ends them all with its first one. */
final class NamespaceFamily implements Family {

    private static final String WALL = "bwrap";

    private final Process wall;

    NamespaceFamily(Process wall) {
        this.wall = wall;
    }

    @Override
    public List<ProcessEntry> members(ProcessTable table) {
        return table.tree(wall.pid()).stream().filter(ProcessEntry::lives).toList();
    }

    @Override
    public void terminate(ProcessTable table) {
        members(table).stream()
                .filter(member -> !member.name().equals(WALL))
                .forEach(member -> Posix.kill(member.pid(), Posix.SIGTERM));
    }

    @Override
    public void kill(ProcessTable table) {
        wall.destroyForcibly();
    }
}
