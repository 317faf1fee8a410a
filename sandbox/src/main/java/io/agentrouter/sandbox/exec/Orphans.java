package io.agentrouter.sandbox.exec;

import io.agentrouter.sandbox.posix.Posix;
import java.util.Set;

/**
 * Processes whose parents are gone. This process inherits those of its commands. One that belongs to no running command
 * took trouble to lose its mark, and is ended; one that has ended is waited for, or it would stay in the process table.
 */
final class Orphans {

    private final long self = ProcessHandle.current().pid();

    static Orphans inherit() {
        Posix.inheritOrphans();
        return new Orphans();
    }

    /**
     * @param first the processes that commands began with; Java waits for these
     * @param members all processes of running commands
     */
    void look(ProcessTable table, Set<Long> first, Set<Long> members) {
        for (ProcessEntry child : table.children(self)) {
            if (!child.lives() && !first.contains(child.pid())) {
                Posix.reap(child.pid());
            } else if (child.lives() && !members.contains(child.pid())) {
                table.tree(child.pid()).forEach(entry -> Posix.kill(entry.pid(), Posix.SIGKILL));
            }
        }
    }
}
