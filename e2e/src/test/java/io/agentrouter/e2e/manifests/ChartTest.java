package io.agentrouter.e2e.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentrouter.e2e.system.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests of all modules in one directory, and the chart of them. */
class ChartTest {

    private static final Path TARGET = Repository.ROOT.resolve("jkube/chart/target");

    @Test
    void directory_holdsTheObjectsOfEveryModule() throws IOException {
        Set<JsonNode> objects = new HashSet<>();
        for (String module : Set.of("jkube/platform", "gateway", "qa-agent", "coding-agent")) {
            Manifests.yaml(Repository.read(module + "/target/jkube/kubernetes.yml"))
                    .path("items")
                    .forEach(objects::add);
        }

        assertThat(objectsIn(TARGET.resolve("kubernetes"))).isNotEmpty().isEqualTo(objects);
    }

    @Test
    void chart_holdsTheSameObjects() throws IOException {
        Path templates = TARGET.resolve("helm/kubernetes/templates");
        assumeThat(templates).as("mvn package k8s:helm").isDirectory();

        assertThat(objectsIn(templates)).isEqualTo(objectsIn(TARGET.resolve("kubernetes")));
    }

    private static Set<JsonNode> objectsIn(Path directory) throws IOException {
        Set<JsonNode> objects = new HashSet<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                objects.add(Manifests.yaml(Files.readString(file)));
            }
        }
        return objects;
    }
}
