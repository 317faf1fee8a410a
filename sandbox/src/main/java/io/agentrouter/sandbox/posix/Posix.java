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
    private static final int O_PATH = 0x200000;
    private static final int PR_SET_DUMPABLE = 4;
    private static final int PR_SET_CHILD_SUBREAPER = 36;

    private static final MethodHandle PIPE2 = find("pipe2", ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = find("close", JAVA_INT);
    private static final MethodHandle KILL = find("kill", JAVA_INT, JAVA_INT);
    private static final MethodHandle WAITPID = find("waitpid", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle PRCTL = find("prctl", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle UMASK = find("umask", JAVA_INT);
    private static final MethodHandle GETEUID = find("geteuid");
    private static final MethodHandle OPEN = find("open", ADDRESS, JAVA_INT);
    private static final MethodHandle SYSCALL = handle(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));

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

    /** Sends a signal to one process, or to a whole group by its negative number; one that is gone, or another user's, is left alone. */
    public static void kill(long pid, int signal) {
        call(() -> (int) KILL.invokeExact((int) pid, signal));
    }

    /** Takes the exit status of a child that has ended, so that nothing of it stays. */
    public static void reap(long pid) {
        call(() -> (int) WAITPID.invokeExact((int) pid, MemorySegment.NULL, WNOHANG));
    }

    /** Makes this process the parent of every process whose own parent, one of its descendants, has ended. */
    public static void inheritOrphans() {
        prctl(PR_SET_CHILD_SUBREAPER, 1);
    }

    /** Lets no other process of the same user look into this one or take it over. */
    public static void hideMemory() {
        prctl(PR_SET_DUMPABLE, 0);
    }

    /** The permissions that files made by this process and its children do not get. */
    public static void umask(int mask) {
        call(() -> (int) UMASK.invokeExact(mask));
    }

    /** The user that this process has the rights of. */
    public static int user() {
        return call(() -> (int) GETEUID.invokeExact());
    }

    static int prctl(int option, long value) {
        return call(() -> (int) PRCTL.invokeExact(option, value, 0L, 0L, 0L));
    }

    /** A descriptor that stands for a path and gives no access to what is there. */
    static int openPath(String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            int descriptor = call(() -> (int) OPEN.invokeExact(name, O_PATH | O_CLOEXEC));
            if (descriptor < 0) {
                throw new IOException(path + " cannot be opened");
            }
            return descriptor;
        }
    }

    /** A call of the kernel for which the C library has no function. */
    static long syscall(long number, long first, long second, long third, long fourth) {
        return call(() -> (long) SYSCALL.invokeExact(number, first, second, third, fourth));
    }

    /** A handle of a C function that returns an int. */
    private static MethodHandle find(String name, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor function, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), function, options);
    }

    private interface Call<T> {
        T run() throws Throwable;
    }

    /** A C function throws nothing. */
    private static <T> T call(Call<T> call) {
        try {
            return call.run();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
