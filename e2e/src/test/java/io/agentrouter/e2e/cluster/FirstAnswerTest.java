package io.agentrouter.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.cluster.client.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From no namespace to the first answer of each type, through the gateway's Service. */
@Tag("cluster")
@ExtendWith(SharedCluster.class)
class FirstAnswerTest {

    private final ClusterUnderTest cluster;

    FirstAnswerTest(ClusterUnderTest cluster) {
        this.cluster = cluster;
    }

    @Test
    void freshNamespace_answersEachTypeInJsonAndAsAStream() {
        var installation = cluster.installation();
        Figures.print(
                "fresh namespace: all ready after " + installation.deployed().toSeconds() + " s");
        installation.firstAnswers().forEach(answer -> Figures.print("first answer: " + Figures.of(answer)));

        assertThat(installation.firstAnswers()).hasSize(4).allMatch(Outcome::complete);
    }
}
