package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Repository;
import io.agentrouter.e2e.system.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** JKube's goals on an installation that is there. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
class MavenGoalsTest {

    private final ClusterUnderTest cluster;

    MavenGoalsTest(ClusterUnderTest cluster) {
        this.cluster = cluster;
    }

    @Test
    void applyOfOneModule_returnsItsDeploymentToTheAutoscalersMinimum_andLeavesTheOthersAlone() {
        Workload qa = cluster.workload("qa-agent");
        qa.keepAtLeast(3);
        Waiting.until(() -> qa.replicas() == 3);
        qa.awaitSettled();
        Set<String> gateways = cluster.workload("gateway").uids();
        Set<String> coding = cluster.workload("coding-agent").uids();

        cluster.deploy().maven("qa-agent", "-am", "package", "k8s:apply");

        assertThat(qa.replicas()).isEqualTo(2);
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

    @Test
    void log_showsWhatThePodsOfEachModuleSaid() {
        String log = cluster.deploy().maven(Deploy.ALL, "test-compile", "k8s:log", "-Djkube.log.follow=false");

        assertThat(log)
                .contains("Started GatewayApplication", "Started QaAgentApplication", "Started CodingAgentApplication");
    }
}
