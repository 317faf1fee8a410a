package io.agentrouter.e2e.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentrouter.e2e.system.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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

    /** By its name, in whose order kubectl applies files: nothing can be put into a namespace that is not there. */
    @Test
    void directory_beginsWithTheNamespace() throws IOException {
        try (Stream<Path> files = Files.list(TARGET.resolve("kubernetes"))) {
            Path first = files.min(Comparator.naturalOrder()).orElseThrow();

            assertThat(Manifests.yaml(Files.readString(first)).path("kind").asText())
                    .isEqualTo("Namespace");
        }
    }

    @Test
    void chart_holdsTheSameObjects() throws IOException {
        assertThat(objectsIn(TARGET.resolve("helm/kubernetes/templates")))
                .isEqualTo(objectsIn(TARGET.resolve("kubernetes")));
    }

    @Test
    void chart_namesThisProjectAndNotTheOneOfItsParent() throws IOException {
        JsonNode chart = Manifests.yaml(Files.readString(TARGET.resolve("helm/kubernetes/Chart.yaml")));

        assertThat(chart.path("name").asText()).isEqualTo("agent-router");
        assertThat(chart.findValuesAsText("email")).isEmpty();
        assertThat(chart.toString()).doesNotContain("spring");
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
