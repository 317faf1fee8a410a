package io.agentrouter.sandbox.exec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets the sessions of a command stand back. Where the kernel schedules by session (sched(7), "The autogroup feature"), the niceness of
 * a process counts only among those of its own session, and the service is in another.
 */
final class Autogroups {

    private final String niceness;
    private final Set<Long> settled = new HashSet<>();

    Autogroups(int niceness) {
        this.niceness = Integer.toString(niceness);
    }

    /** To be called again and again, since a command may begin sessions of its own, and the kernel takes no more than ten writes a second. */
    void standBack(List<ProcessEntry> members, long ownSession) {
        settled.retainAll(members.stream().map(ProcessEntry::session).collect(Collectors.toSet()));
        for (ProcessEntry member : members) {
            if (member.session() != ownSession && !settled.contains(member.session()) && isSet(member)) {
                settled.add(member.session());
            }
        }
    }

    private boolean isSet(ProcessEntry member) {
        try {
            Files.writeString(Path.of("/proc", Long.toString(member.pid()), "autogroup"), niceness);
            return true;
        } catch (IOException e) {
            // It has ended, or this kernel knows no such thing, or it is for the next look.
            return false;
        }
    }
}
