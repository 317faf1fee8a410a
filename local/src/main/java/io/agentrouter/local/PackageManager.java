package io.agentrouter.local;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The system's own package manager. */
enum PackageManager {
    APT("apt-get install -y -q", "apt-get update -q"),
    DNF("dnf install -y", ""),
    YUM("yum install -y", ""),
    ZYPPER("zypper --non-interactive install", ""),
    PACMAN("pacman -S --noconfirm", ""),
    APK("apk add", "");

    private static final int SECONDS = 180;

    private final String install;
    private final String refresh;

    PackageManager(String install, String refresh) {
        this.install = install;
        this.refresh = refresh;
    }

    /** Installs a package without asking for a password, or says how its user can. */
    static void install(String name, PrintStream out) {
        Stream.of(values())
                .filter(manager -> Commands.onPath(words(manager.install).getFirst()))
                .findFirst()
                .ifPresentOrElse(
                        manager -> manager.installPackage(name, out),
                        () -> out.println("Install " + name + " by hand: no package manager was recognised."));
    }

    private void installPackage(String name, PrintStream out) {
        List<String> command = new ArrayList<>(words(install));
        command.add(name);
        boolean root = "root".equals(System.getProperty("user.name"));
        if (!root && !Commands.succeeds(List.of("sudo", "-n", "true"))) {
            out.println(name + " is missing; to install it: sudo " + String.join(" ", command));
            return;
        }
        out.println("Installing " + name + ", which is missing: " + String.join(" ", command));
        if (!run(root, command) && !(refreshed(root) && run(root, command))) {
            out.println("That failed; to try again: " + (root ? "" : "sudo ") + String.join(" ", command));
        }
    }

    private boolean refreshed(boolean root) {
        return !refresh.isEmpty() && run(root, words(refresh));
    }

    private static boolean run(boolean root, List<String> command) {
        List<String> whole = new ArrayList<>(root ? List.of() : List.of("sudo", "-n"));
        whole.addAll(command);
        return Commands.succeedsShown(whole, SECONDS);
    }

    private static List<String> words(String command) {
        return List.of(command.split(" ", -1));
    }
}
