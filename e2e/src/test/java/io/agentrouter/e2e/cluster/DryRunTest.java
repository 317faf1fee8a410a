package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Repository;
import io.agentrouter.e2e.system.Shell;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ./deploy --dry-run} says what would change, and changes nothing. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
class DryRunTest {

    private static final String DRY_RUN = "--dry-run";

    private final ClusterUnderTest cluster;
    private final String fresh;

    DryRunTest(ClusterUnderTest cluster) {
        this.cluster = cluster;
        this.fresh = cluster.namespace() + "-fresh";
    }

    @AfterEach
    void removeNamespace() {
        cluster.api().namespaces().withName(fresh).delete();
        cluster.api().pods().inNamespace(fresh).withGracePeriod(0).delete();
    }

    /** That, its directory of manifests makes in one command; its pods wait for a Secret. */
    @Test
    void beforeAFirstInstall_namesWhatWouldBeMade() {
        String said = new Deploy(fresh, cluster.outside().modelAddress())
                .attempt(List.of(), DRY_RUN)
                .orFail();
        List<String> named = said.lines()
                .dropWhile(line -> !line.endsWith("would make:"))
                .skip(1)
                .toList();

        assertThat(named).contains("namespace/" + fresh, "deployment.apps/qa-agent");
        assertThat(cluster.api().namespaces().withName(fresh).get()).isNull();
        assertThat(apply("jkube/chart/target/kubernetes").lines())
                .containsExactlyInAnyOrderElementsOf(
                        named.stream().map(name -> name + " created").toList());
    }

    @Test
    void ofAnInstallation_showsTheDifference() {
        Map<String, String> objects = objects();

        String said =
                cluster.deploy().attempt(List.of(), DRY_RUN, "-Dhpa.max=5").orFail();

        assertThat(said).contains("would change:", "-  maxReplicas: 4", "+  maxReplicas: 5");
        assertThat(objects()).isEqualTo(objects);
    }

    private static String apply(String directory) {
        return Shell.run(Repository.ROOT, List.of("kubectl", "apply", "--filename", directory))
                .orFail();
    }

    private Map<String, String> objects() {
        return InstalledObjects.of(cluster.api(), cluster.namespace());
    }
}
