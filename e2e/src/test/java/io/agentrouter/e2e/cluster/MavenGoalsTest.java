package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agentrouter.e2e.system.Repository;
import io.agentrouter.e2e.system.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** JKube's goals, of all modules and of one, on an installation that is there. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
class MavenGoalsTest {

    private final ClusterUnderTest cluster;
    private final Deploy deploy;

    MavenGoalsTest(ClusterUnderTest cluster) {
        this.cluster = cluster;
        this.deploy = cluster.deploy();
    }

    @Test
    void buildAndPushOfOneModule_sendTheImageThatUnchangedSourcesMade_andNoOther() {
        assumeTrue(Images.arePulled(), "no registry");
        String tag = Images.freshTag();

        deploy.withImages(tag).maven("qa-agent", "-am", "package", "k8s:build", "k8s:push");

        assertThat(Images.id(Images.of("qa-agent", tag))).isNotEmpty().isEqualTo(Images.id(Images.of("qa-agent")));
        assertThat(Images.isPushed(Images.of("qa-agent", tag))).isTrue();
        assertThat(Images.id(Images.of("gateway", tag))).isEmpty();
    }

    /** Both in one build, since each takes a quarter of a minute. */
    @Test
    void resourceAndLog_areThoseOfAllModules_orOfOneOnly() {
        String ofAll = resourceAndLog("for-all", Deploy.ALL);
        String ofOne = resourceAndLog("for-one", "qa-agent", "-am");

        assertThat(manifests("gateway")).contains("gateway:for-all");
        assertThat(manifests("coding-agent")).contains("coding-agent:for-all");
        assertThat(manifests("qa-agent")).contains("qa-agent:for-one");
        assertThat(ofAll)
                .contains("Started GatewayApplication", "Started QaAgentApplication", "Started CodingAgentApplication");
        assertThat(ofOne)
                .contains("Started QaAgentApplication")
                .doesNotContain("Started GatewayApplication", "Started CodingAgentApplication");
    }

    @Test
    void applyOfOneModule_returnsItsDeploymentToTheAutoscalersMinimum_andLeavesTheOthersAlone() {
        Workload qa = cluster.workload("qa-agent");
        Set<String> gateways = cluster.workload("gateway").uids();
        Set<String> coding = cluster.workload("coding-agent").uids();
        try {
            qa.keepAtLeast(3);
            Waiting.until(() -> qa.replicas() == 3);

            deploy.maven("qa-agent", "-am", "package", "k8s:apply");

            assertThat(qa.replicas()).isEqualTo(2);
        } finally {
            qa.keepAtLeast(2);
        }
        qa.awaitSettled();
        assertThat(cluster.workload("gateway").uids()).isEqualTo(gateways);
        assertThat(cluster.workload("coding-agent").uids()).isEqualTo(coding);
    }

    @Test
    void applyOfATreeThatWasNeverPackaged_fails(@TempDir Path tree) {
        Repository.copySources(tree);

        Shell.Output apply = Shell.run(tree, List.of("mvn", "-B", "-ntp", "k8s:apply"));

        assertThat(apply.status()).isNotZero();
        // At the first module: a later one would fail for want of another's jar, whatever was said of the manifests.
        assertThat(apply.text()).contains("on project platform: No such generated manifest file");
    }

    private String resourceAndLog(String tag, String modules, String... more) {
        String[] goals = {"test-compile", "k8s:resource", "k8s:log", "-Djkube.log.follow=false"};
        return deploy.withImages(tag)
                .maven(modules, Stream.of(more, goals).flatMap(Stream::of).toArray(String[]::new));
    }

    private static String manifests(String module) {
        return Repository.read(module + "/target/jkube/kubernetes.yml");
    }
}
