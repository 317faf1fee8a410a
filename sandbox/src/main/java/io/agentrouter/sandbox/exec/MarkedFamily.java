package io.agentrouter.sandbox.exec;

import io.agentrouter.sandbox.posix.Posix;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The processes of a command that runs in place: its descendants, its session, and those whose parents are gone but that
 * still carry its mark. This process inherits such orphans.
 */
final class MarkedFamily implements Family {

    private static final int PATIENCE = 20;

    private final Process first;
    private final String mark;
    private int kills;

    /** @param mark an environment variable, {@code NAME=value}, that only this command's processes were given */
    MarkedFamily(Process first, String mark) {
        this.first = first;
        this.mark = mark;
    }

    @Override
    public List<ProcessEntry> members(ProcessTable table) {
        Set<ProcessEntry> members = new LinkedHashSet<>(table.tree(first.pid()));
        table.all().stream()
                .filter(entry -> !members.contains(entry))
                .filter(entry -> entry.session() == first.pid() || isOurOrphan(entry))
                .forEach(entry -> members.addAll(table.tree(entry.pid())));
        return members.stream().filter(ProcessEntry::lives).toList();
    }

    @Override
    public void terminate(ProcessTable table) {
        members(table).forEach(member -> Posix.kill(member.pid(), Posix.SIGTERM));
    }

    /**
     * Ends the group in which all begin at one blow, so that no fork stays ahead. Of those that left it, stops all before it
     * ends any; what does not stop soon is ended all the same.
     */
    @Override
    public synchronized void kill(ProcessTable table) {
        List<ProcessEntry> members = members(table);
        if (members.stream().anyMatch(member -> member.group() == first.pid())) {
            Posix.kill(-first.pid(), Posix.SIGKILL);
        }
        boolean end = ++kills > PATIENCE || members.stream().allMatch(ProcessEntry::isStopped);
        members.forEach(member -> Posix.kill(member.pid(), end ? Posix.SIGKILL : Posix.SIGSTOP));
    }

    private boolean isOurOrphan(ProcessEntry entry) {
        return entry.parent() == ProcessHandle.current().pid() && entry.pid() != first.pid() && entry.wasGiven(mark);
    }
}
