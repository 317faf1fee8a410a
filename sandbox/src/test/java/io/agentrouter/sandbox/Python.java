package io.agentrouter.sandbox;

import java.nio.file.Path;
import java.util.List;

/** Small programs for what a shell cannot do, as shell commands. */
final class Python {

    private static final String SYSCALL =
            "import ctypes; c = ctypes.CDLL(None, use_errno=True); c.ptrace.restype = ctypes.c_long; ";

    /** Makes the file {@code here}, waits for {@code done}, says that it is unharmed. */
    static final String WITNESS = "exec python3 -c \"import os, time; open('here', 'w')\n"
            + "while not os.path.exists('done'): time.sleep(0.05)\nprint('unharmed')\"";

    private Python() {}

    /** Asks a sandbox for its health and prints the answer. */
    static String askHealth(Path socket) {
        return "python3 -c \"" + healthProgram(socket) + "\"";
    }

    static String healthProgram(Path socket) {
        return "import socket; s = socket.socket(socket.AF_UNIX); s.settimeout(3); s.connect('" + socket
                + "'); s.send(b'GET /health HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n'); print(s.recv(100))";
    }

    /** Attaches to a process as a debugger, and reads its memory; prints what the kernel answers. */
    static String trace(long pid) {
        return "python3 -c \"" + SYSCALL + "print('attached', c.ptrace(16, " + pid + ", 0, 0)); open('/proc/" + pid
                + "/mem', 'rb'); print('opened')\"";
    }

    /** Leaves a key in the keyring of its user, for a minute. */
    static String[] leaveKey(String name, String payload) {
        return new String[] {
            "/usr/bin/python3", "-c", SYSCALL + "c.syscall(250, 15, " + addKey(name, payload, -4) + ", 60)"
        };
    }

    /** Begins a command in a session of its own, whose keyring holds a key. */
    static List<String> inSessionWithKey(String name, String payload) {
        String join = "c.syscall(250, 1, 0); " + addKey(name, payload, -3);
        return List.of(
                "/usr/bin/python3", "-c", SYSCALL + join + "; import os, sys; os.execv(sys.argv[1], sys.argv[1:])");
    }

    private static String addKey(String name, String payload, int keyring) {
        return "c.syscall(248, b'user', b'" + name + "', b'" + payload + "', " + payload.length() + ", " + keyring
                + ")";
    }

    /** Looks for a key in the keyrings of its session and user, then reads every key that the kernel lists. */
    static String readKeys(String name) {
        String find = "print('found', [c.syscall(250, 10, r, b'user', b'" + name + "', 0) for r in (-3, -4, -5)]); ";
        String read = "b = ctypes.create_string_buffer(100); ids = [l.split()[0] for l in open('/proc/keys')]; "
                + "[c.syscall(250, 11, int(i, 16), b, 100) > 0 and print(b.raw) for i in ids]; print('ended')";
        return "python3 -c \"" + SYSCALL + find + read + "\"";
    }
}
