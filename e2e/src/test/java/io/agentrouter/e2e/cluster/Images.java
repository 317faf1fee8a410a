package io.agentrouter.e2e.cluster;

import io.agentrouter.e2e.system.Repository;
import io.agentrouter.e2e.system.Shell;
import java.util.List;
import java.util.stream.Collectors;

/** The images that {@code mvn package k8s:build} made. */
final class Images {

    /** How the cluster gets them: a command that takes their names, {@code kind load docker-image}; none for a registry. */
    private static final String LOAD = "cluster.load-image";

    private static final List<String> MODULES = List.of("gateway", "qa-agent", "coding-agent", "sandbox");

    private Images() {}

    static String of(String module) {
        return of(module, tag());
    }

    static String tag() {
        return Setting.of("image.tag").orElseThrow();
    }

    static String of(String module, String tag) {
        return "%s/%s:%s".formatted(Setting.of("image.registry").orElseThrow(), module, tag);
    }

    /** Whether the cluster pulls them from where {@code k8s:push} sends them. */
    static boolean arePulled() {
        return Setting.of(LOAD).isEmpty();
    }

    /** What the local Docker knows each of them by. */
    static List<String> ids(String tag) {
        return MODULES.stream().map(module -> id(of(module, tag))).toList();
    }

    /** What the local Docker knows it by, which follows from what is in it; empty where there is none. */
    static String id(String image) {
        return Shell.run(Repository.ROOT, List.of("docker", "images", "--quiet", "--no-trunc", image))
                .orFail();
    }

    /** Whether its registry has it, which may be one on this machine without TLS. */
    static boolean isPushed(String image) {
        return Shell.run(Repository.ROOT, List.of("docker", "manifest", "inspect", "--insecure", image))
                        .status()
                == 0;
    }

    /** A tag that no image has. */
    static String freshTag() {
        return "fresh-" + Long.toString(System.currentTimeMillis(), 36);
    }

    static void load() {
        String names = MODULES.stream().map(Images::of).collect(Collectors.joining(" "));
        Setting.of(LOAD)
                .ifPresent(command -> Shell.run(Repository.ROOT, List.of("sh", "-c", command + " " + names))
                        .orFail());
    }
}
