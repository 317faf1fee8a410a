package io.agentrouter.local;

import java.io.PrintStream;
import java.util.List;

/** How the commands that a model wrote are kept apart from the rest of this machine. */
enum Isolation {
    BUBBLEWRAP("bubblewrap", "each command in bubblewrap, without network"),
    UNSAFE("unsafe", "UNSAFE: commands run as you, without isolation (--unsafe-exec)"),
    OFF("off", "off: bubblewrap does not work here; --unsafe-exec runs commands without isolation");

    private static final List<String> TRIAL =
            List.of("bwrap", "--ro-bind", "/", "/", "--unshare-all", "--die-with-parent", "true");

    private final String setting;
    private final String description;

    Isolation(String setting, String description) {
        this.setting = setting;
        this.description = description;
    }

    /** The value of {@code sandbox.isolation}. */
    String setting() {
        return setting;
    }

    String description() {
        return description;
    }

    /** Installs bubblewrap if that needs no password, then takes the safest that works. */
    static Isolation choose(boolean unsafeExec, PrintStream out) {
        if (!Commands.onPath("bwrap")) {
            PackageManager.install("bubblewrap", out);
        }
        if (Commands.succeeds(TRIAL)) {
            return BUBBLEWRAP;
        }
        return unsafeExec ? UNSAFE : OFF;
    }
}
