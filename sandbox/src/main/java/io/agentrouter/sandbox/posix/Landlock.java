package io.agentrouter.sandbox.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Rules by which a thread gives up rights for itself and for all that it will ever start, without any privilege: the
 * kernel's Landlock (https://docs.kernel.org/userspace-api/landlock.html).
 */
public final class Landlock implements AutoCloseable {

    /** What may be done beneath a path; see the kernel's {@code landlock.h}. */
    public static final long EXECUTE = 1;

    public static final long WRITE_FILE = 1 << 1;
    public static final long READ_FILE = 1 << 2;
    public static final long READ_DIR = 1 << 3;

    /** All that can be done with files; the two newest bits (rename elsewhere, truncate) came with versions 2 and 3. */
    public static final long EVERYTHING = (1 << 15) - 1;

    private static final long OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | 1 << 14;
    private static final long CONNECT_TCP = 1 << 1;
    private static final long ABSTRACT_SOCKETS_AND_SIGNALS = 1 | 1 << 1;

    private static final long CREATE_RULESET = 444;
    private static final long ADD_RULE = 445;
    private static final long RESTRICT_SELF = 446;
    private static final int ASK_VERSION = 1;
    private static final int PATH_BENEATH = 1;
    private static final int PORT = 2;
    private static final int PR_SET_NO_NEW_PRIVS = 38;

    private final int ruleset;

    private Landlock(long files, long network, long scope) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocateFrom(JAVA_LONG, files, network, scope);
            this.ruleset = (int) Posix.syscall(CREATE_RULESET, attributes.address(), attributes.byteSize(), 0, 0);
        }
        check(ruleset, "No rules can be made");
    }

    /** The version that the kernel speaks; 0 where it has none or must not be asked. */
    public static int version() {
        return (int) Math.max(0, Posix.syscall(CREATE_RULESET, 0, 0, ASK_VERSION, 0));
    }

    /** Rules that forbid everything with files but what they allow. */
    public static Landlock files() throws IOException {
        return new Landlock(known(EVERYTHING), 0, 0);
    }

    /** Rules that forbid signals to processes outside, and TCP connections but to ports that they allow. */
    public static Landlock processes() throws IOException {
        return new Landlock(
                0, separatesNetwork() ? CONNECT_TCP : 0, separatesSignals() ? ABSTRACT_SOCKETS_AND_SIGNALS : 0);
    }

    /** Files, and a look into other processes. */
    public static boolean separatesFiles() {
        return version() >= 1;
    }

    /** TCP connections. */
    public static boolean separatesNetwork() {
        return version() >= 4;
    }

    /** Signals. */
    public static boolean separatesSignals() {
        return version() >= 6;
    }

    /** Allows rights beneath a path; one that does not exist is passed over. */
    public void allow(Path path, long rights) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        int descriptor = Posix.openPath(path.toString());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rule = arena.allocate(12);
            rule.set(JAVA_LONG_UNALIGNED, 0, known(Files.isDirectory(path) ? rights : rights & OF_FILES));
            rule.set(JAVA_INT_UNALIGNED, 8, descriptor);
            check(Posix.syscall(ADD_RULE, ruleset, PATH_BENEATH, rule.address(), 0), "No rule can be made for " + path);
        } finally {
            Posix.close(descriptor);
        }
    }

    /** Allows TCP connections to a range of ports, both ends included. */
    public void allowPorts(int from, int to) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rule = arena.allocateFrom(JAVA_LONG, CONNECT_TCP, 0);
            for (int port = from; port <= to; port++) {
                rule.setAtIndex(JAVA_LONG, 1, port);
                check(Posix.syscall(ADD_RULE, ruleset, PORT, rule.address(), 0), "No rule can be made for " + port);
            }
        }
    }

    /** Holds the calling thread to the rules for good, with all that it starts. */
    public void enforce() throws IOException {
        check(Posix.prctl(PR_SET_NO_NEW_PRIVS, 1), "Privileges can still be gained");
        check(Posix.syscall(RESTRICT_SELF, ruleset, 0, 0, 0), "The rules cannot be enforced");
    }

    @Override
    public void close() {
        Posix.close(ruleset);
    }

    private static long known(long rights) {
        return switch (version()) {
            case 1 -> rights & (1 << 13) - 1;
            case 2 -> rights & (1 << 14) - 1;
            default -> rights;
        };
    }

    private static void check(long result, String failure) throws IOException {
        if (result < 0) {
            throw new IOException(failure + ": the kernel's Landlock refuses.");
        }
    }
}
