package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentrouter.e2e.cluster.ClusterUnderTest.Installation;
import io.agentrouter.e2e.cluster.client.Outcome;
import io.agentrouter.e2e.system.Repository;
import io.agentrouter.e2e.system.Shell;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Undeployed nothing is left; installed again it is as before and answers. The last class by its name. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class UndeployTest {

    private static final String CHART = "jkube/chart/target/helm/kubernetes";

    private final ClusterUnderTest cluster;

    UndeployTest(ClusterUnderTest cluster) {
        this.cluster = cluster;
    }

    @Test
    void undeployed_nothingIsLeft_andInstalledAgainInAnyOfThreeWaysItIsTheSame() {
        undeploy();
        assertAnswers("built, pushed and deployed again", cluster.install(cluster.deploy()::runWithBuild));
        Map<String, String> deployed = objects();

        undeploy();
        assertAnswers("mvn package k8s:apply", cluster.install(this::apply));
        assertThat(objects()).isNotEmpty().isEqualTo(deployed);

        assumeTrue(Shell.has("helm"), "helm is not here");
        undeploy();
        assertAnswers("chart installed by helm", cluster.install(this::installChart));
        assertThat(objects()).isNotEmpty().isEqualTo(deployed);
    }

    private void apply() {
        cluster.deploy().maven(Deploy.ALL, "package", "k8s:apply");
        finish();
    }

    /** The chart that the last build left, with the properties of that build. */
    private void installChart() {
        String releases = cluster.outside().namespace();
        Shell.run(Repository.ROOT, List.of("helm", "install", "agent-router", CHART, "--namespace", releases))
                .orFail();
        finish();
    }

    private void finish() {
        new WithoutDeploy(cluster.api(), cluster.namespace()).finish();
    }

    private Map<String, String> objects() {
        return InstalledObjects.of(cluster.api(), cluster.namespace());
    }

    private static void assertAnswers(String how, Installation installation) {
        Figures.print(how + ": all ready after " + installation.deployed().toSeconds() + " s");
        Figures.print(installation.firstAnswers());

        assertThat(installation.firstAnswers()).hasSize(4).allMatch(Outcome::complete);
    }

    private void undeploy() {
        cluster.deploy().maven(Deploy.ALL, "package", "k8s:undeploy");
        Waiting.until(() -> cluster.workload("gateway").pods().isEmpty()
                && cluster.workload("coding-agent").pods().isEmpty());
        lookAgain();
        Waiting.until(
                () -> cluster.api().namespaces().withName(cluster.namespace()).get() == null);
    }

    /** Any change of a namespace that is going makes its controller look at what is left, and not minutes later. */
    private void lookAgain() {
        var namespace = cluster.api().namespaces().withName(cluster.namespace());
        if (namespace.get() != null) {
            namespace.patch(Workload.MERGE, "{\"metadata\":{\"labels\":{\"agentrouter.io/pods\":\"gone\"}}}");
        }
    }
}
