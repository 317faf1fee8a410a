package io.agentrouter.e2e.cluster;

import io.agentrouter.e2e.system.Repository;
import io.agentrouter.e2e.system.Shell;
import java.util.List;
import java.util.stream.Collectors;

/** The images that {@code mvn package k8s:build} made. */
final class Images {

    /** How the cluster gets them: a command that takes their names, {@code kind load docker-image}; none for a registry. */
    private static final String LOAD = "cluster.load-image";

    private Images() {}

    static String of(String module) {
        return "%s/%s:%s"
                .formatted(
                        Setting.of("image.registry").orElseThrow(),
                        module,
                        Setting.of("image.tag").orElseThrow());
    }

    static void load() {
        String names = List.of("gateway", "qa-agent", "coding-agent", "sandbox").stream()
                .map(Images::of)
                .collect(Collectors.joining(" "));
        Setting.of(LOAD)
                .ifPresent(command -> Shell.run(Repository.ROOT, List.of("sh", "-c", command + " " + names))
                        .orFail());
    }
}
