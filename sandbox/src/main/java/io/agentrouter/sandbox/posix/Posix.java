package io.agentrouter.sandbox.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls of the C library; each returns what the C function returns, negative when it failed. */
public final class Posix {

    public static final int SIGTERM = 15;
    public static final int SIGKILL = 9;
    public static final int SIGSTOP = 19;

    private static final int WNOHANG = 1;
    private static final int O_CLOEXEC = 0x80000;

    private static final MethodHandle PIPE2 = find("pipe2", ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = find("close", JAVA_INT);
    private static final MethodHandle KILL = find("kill", JAVA_INT, JAVA_INT);
    private static final MethodHandle WAITPID = find("waitpid", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle PRCTL = find("prctl", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private Posix() {}

    /** The descriptors of a new pipe: where it is read, where it is written. */
    public static int[] pipe() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(JAVA_INT, 2);
            if (call(() -> (int) PIPE2.invokeExact(ends, O_CLOEXEC)) != 0) {
                throw new IOException("No pipe: too many open files");
            }
            return ends.toArray(JAVA_INT);
        }
    }

    /** Closes a descriptor. */
    public static void close(int descriptor) {
        call(() -> (int) CLOSE.invokeExact(descriptor));
    }

    /** Sends a signal to one process; one that is gone, or another user's, is left alone. */
    public static void kill(long pid, int signal) {
        call(() -> (int) KILL.invokeExact((int) pid, signal));
    }

    /** Takes the exit status of a child that has ended, so that nothing of it stays. */
    public static void reap(long pid) {
        call(() -> (int) WAITPID.invokeExact((int) pid, MemorySegment.NULL, WNOHANG));
    }

    /** {@code prctl(2)} of the calling thread or of this process. */
    public static int prctl(int option, long value) {
        return call(() -> (int) PRCTL.invokeExact(option, value, 0L, 0L, 0L));
    }

    /** A handle of a C function that returns an int. */
    @SuppressWarnings("restricted")
    private static MethodHandle find(String name, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private interface Call {
        int run() throws Throwable;
    }

    /** A C function throws nothing. */
    private static int call(Call call) {
        try {
            return call.run();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
