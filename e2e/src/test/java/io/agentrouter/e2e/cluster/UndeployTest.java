package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentrouter.e2e.cluster.ClusterUnderTest.Installation;
import io.agentrouter.e2e.cluster.client.Outcome;
import io.agentrouter.e2e.system.Repository;
import io.agentrouter.e2e.system.Shell;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Undeployed nothing is left; installed again it is as before and answers. The last class by its name. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 12, unit = TimeUnit.MINUTES)
class UndeployTest {

    private static final String CHART = "jkube/chart/target/helm/kubernetes";

    private static final String[] QA_AGENTS = {
        "Deployment qa-agent",
        "HorizontalPodAutoscaler qa-agent-hpa",
        "PodDisruptionBudget qa-agent",
        "Service qa-agent",
        "ServiceAccount qa-agent"
    };

    private final ClusterUnderTest cluster;
    private final Deploy deploy;

    UndeployTest(ClusterUnderTest cluster) {
        this.cluster = cluster;
        this.deploy = Images.arePulled() ? cluster.deploy().withImages(Images.freshTag()) : cluster.deploy();
    }

    @Test
    @Order(1)
    void undeployOfOneModule_removesItsObjects_andLeavesThoseOfTheOthers() {
        Map<String, String> left = objects();
        assertThat(left).containsKeys(QA_AGENTS);
        left.keySet().removeAll(Set.of(QA_AGENTS));

        deploy.maven("qa-agent", "-am", "package", "k8s:undeploy");

        assertThat(objects()).isEqualTo(left);
    }

    @Test
    @Order(2)
    void undeployed_nothingIsLeft_andInstalledAgainInAnyOfThreeWaysItIsTheSame() {
        undeploy();
        assertAnswers("./deploy", cluster.install(this::deploy));
        Map<String, String> deployed = objects();

        undeploy();
        assertAnswers("mvn package k8s:apply", cluster.install(this::apply));
        assertThat(objects()).isNotEmpty().isEqualTo(deployed);

        assumeTrue(Shell.has("helm"), "helm is not here");
        undeploy();
        assertAnswers("chart installed by helm", cluster.install(this::installChart));
        assertThat(objects()).isNotEmpty().isEqualTo(deployed);
    }

    /** Nothing is built before that it could use instead, but where a command has to bring images to the cluster. */
    private void deploy() {
        if (Images.arePulled()) {
            deploy.runWithBuild();
        } else {
            deploy.run();
        }
    }

    private void apply() {
        deploy.maven(Deploy.ALL, "package", "k8s:apply");
        finish();
    }

    /** The chart that {@link #undeploy} left. */
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

    /** In one build with the chart, which saves one of half a minute. */
    private void undeploy() {
        deploy.maven(Deploy.ALL, "package", "k8s:helm", "k8s:undeploy");
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
