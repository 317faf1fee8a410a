package io.agentrouter.sandbox;

import io.agentrouter.sandbox.posix.Landlock;
import java.io.IOException;

/** What this machine can do; where something is missing, a sentence says which tests are left out. */
final class Machine {

    private static final boolean BUBBLEWRAP = tryBubblewrap();

    private Machine() {}

    static boolean hasBubblewrap() {
        return BUBBLEWRAP;
    }

    static boolean hasLandlock() {
        boolean has = Landlock.separatesSignals();
        if (!has) {
            System.out.println(
                    "This kernel's Landlock is older than version 6: the tests of commands in place are left out.");
        }
        return has;
    }

    private static boolean tryBubblewrap() {
        try {
            Process process = new ProcessBuilder(
                            "bwrap",
                            "--unshare-all",
                            "--disable-userns",
                            "--unshare-user",
                            "--ro-bind",
                            "/",
                            "/",
                            "true")
                    .inheritIO()
                    .start();
            if (process.waitFor() == 0) {
                return true;
            }
        } catch (IOException | InterruptedException e) {
            // Told below, as for a bubblewrap that is not allowed here.
        }
        System.out.println("Bubblewrap does not work here: the tests of commands in namespaces are left out.");
        return false;
    }
}
