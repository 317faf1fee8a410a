package io.agentrouter.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Holds parts to their memory, as far as this machine lets its user do so. */
interface MemoryLimits {

    /**
     * Changes a command so that it runs within a limit, under the same process id.
     *
     * @param part name of the part, one path element
     */
    List<String> wrap(String part, Memory memory, List<String> command);

    /** In a few words: which kind of limit holds. */
    String description();

    /** A directory of control groups that is to be removed in the end. */
    default Optional<Path> groups() {
        return Optional.empty();
    }

    /** The first kind that works here. */
    static MemoryLimits detect() {
        return CgroupLimits.create(Path.of("/sys/fs/cgroup"))
                .<MemoryLimits>map(cgroup -> cgroup)
                .or(SystemdLimits::create)
                .orElseGet(JvmLimits::new);
    }

    /** Nothing but the sizes in each part's JVM options. */
    class JvmLimits implements MemoryLimits {

        @Override
        public List<String> wrap(String part, Memory memory, List<String> command) {
            return command;
        }

        @Override
        public String description() {
            return "JVM options only: neither cgroups nor systemd-run can be used here";
        }
    }
}
