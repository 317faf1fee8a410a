package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentrouter.e2e.cluster.ClusterUnderTest.Installation;
import io.agentrouter.e2e.cluster.client.Outcome;
import io.agentrouter.e2e.cluster.client.Plan;
import io.agentrouter.e2e.system.Repository;
import io.agentrouter.e2e.system.Shell;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    private static final String CLIENTS_OF_REDIS = "NetworkPolicy redis-clients";

    private static final Set<String> REDIS =
            Set.of("NetworkPolicy redis", CLIENTS_OF_REDIS, "Service redis", "StatefulSet redis");

    private final ClusterUnderTest cluster;
    private final String tag = Images.freshTag();
    private final Deploy deploy;

    UndeployTest(ClusterUnderTest cluster) {
        this.cluster = cluster;
        this.deploy = Images.arePulled() ? cluster.deploy().withImages(tag) : cluster.deploy();
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
        Map<String, String> ownRedis = only(REDIS, objects());
        assertThat(ownRedis).hasSameSizeAs(REDIS);
        Deploy withRedisElsewhere = deploy.with(RedisPod.properties(outside().startRedis(imageOfRedis())));

        undeploy();
        assertAnswers("./deploy with a Redis elsewhere", cluster.install(() -> run(withRedisElsewhere)));
        assertRemembers();
        Map<String, String> deployed = objects();
        assertThat(only(REDIS, deployed)).containsOnlyKeys(CLIENTS_OF_REDIS);

        remove();
        assertAnswers("mvn package k8s:apply", cluster.install(this::apply));
        Map<String, String> applied = objects();
        assertThat(only(REDIS, applied)).isEqualTo(ownRedis);
        assertThat(without(REDIS, applied)).isNotEmpty().isEqualTo(without(REDIS, deployed));

        assumeTrue(Shell.has("helm") || Setting.of("helm.required").isPresent(), "helm is not here");
        remove();
        assertAnswers("chart installed by helm", cluster.install(this::installChart));
        assertThat(objects()).isEqualTo(applied);
    }

    /** Nothing is built before that it could use instead, but where a command has to bring images to the cluster. */
    private void run(Deploy deploy) {
        if (Images.arePulled()) {
            deploy.runWithBuild();
            assertThat(Images.ids(tag))
                    .as("images of unchanged sources")
                    .doesNotContain("")
                    .isEqualTo(Images.ids(Images.tag()));
        } else {
            deploy.run();
        }
    }

    /** Which only Redis makes possible. */
    private void assertRemembers() {
        assertThat(say("The word is quince.").complete()).isTrue();
        assertThat(say("And now:\nquote my first message").text()).contains("The word is quince.");
    }

    private Outcome say(String text) {
        return cluster.ask(Plan.once("qa", false, text).in("quince")).getFirst();
    }

    private String imageOfRedis() {
        return cluster.workload("redis")
                .readyPods()
                .getFirst()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage();
    }

    private static Map<String, String> only(Set<String> names, Map<String, String> objects) {
        Map<String, String> only = new TreeMap<>(objects);
        only.keySet().retainAll(names);
        return only;
    }

    private static Map<String, String> without(Set<String> names, Map<String, String> objects) {
        Map<String, String> without = new TreeMap<>(objects);
        without.keySet().removeAll(names);
        return without;
    }

    private void apply() {
        deploy.maven(Deploy.ALL, "package", "k8s:apply");
        finish();
    }

    /** The chart that {@link #undeploy} left. */
    private void installChart() {
        String releases = outside().namespace();
        Shell.run(Repository.ROOT, List.of("helm", "install", "agent-router", CHART, "--namespace", releases))
                .orFail();
        finish();
    }

    private Outside outside() {
        return cluster.outside();
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
        awaitNothing();
    }

    /** Without a build, and without waiting for what pods have to end. */
    private void remove() {
        cluster.api().namespaces().withName(cluster.namespace()).delete();
        cluster.api().pods().inNamespace(cluster.namespace()).withGracePeriod(0).delete();
        awaitNothing();
    }

    private void awaitNothing() {
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
