package io.agentrouter.e2e.manifests;

import static io.agentrouter.e2e.manifests.Manifests.pod;
import static io.agentrouter.e2e.manifests.Manifests.variable;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits that must stand in an order, each read from where it is set. Some of them the parent pom's rules hold as well. */
class LadderTest {

    private static final Pattern CAPS = Pattern.compile("(?:-Xmx|Size=)(\\d+)m");

    @ParameterizedTest
    @CsvSource({"qa, qa-agent", "coding, coding-agent"})
    void longestAnswer_endsBeforeTheDrain_whichEndsBeforeTheKill(String type, String module) throws IOException {
        double answer = Settings.timeout(type, "total");
        double gatewayDrain = Settings.gateway("/spring/lifecycle/timeout-per-shutdown-phase");
        double agentDrain = Settings.agent("answerTimeout") + 5;
        double untilClientsKnow = answer + Settings.client("lameDuck");

        assertHold(
                new Rung(
                        "total of " + type + " and then the lame duck",
                        untilClientsKnow,
                        "the gateway's timeout-per-shutdown-phase",
                        gatewayDrain),
                new Rung("total of " + type, answer, "the phase of an agent's drain", agentDrain),
                new Rung("the gateway's drain", gatewayDrain, "the gateway's grace after preStop", grace("gateway")),
                new Rung("an agent's drain", agentDrain, "grace of " + module + " after preStop", grace(module)));
    }

    @Test
    void drainThatThePomKnows_isTheGateways() throws IOException {
        assertThat(Settings.pom("drain.seconds"))
                .isEqualTo(Settings.gateway("/spring/lifecycle/timeout-per-shutdown-phase"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "qa-agent", "coding-agent"})
    void silentRedis_isNoticedWithinTheTimeOfAProbe(String module) throws IOException {
        double probe =
                pod(module).getContainers().getFirst().getReadinessProbe().getTimeoutSeconds();
        String upper = "timeoutSeconds of readiness of " + module;

        assertHold(
                new Rung("the gateway's Redis timeout", Settings.gateway("/spring/data/redis/timeout"), upper, probe),
                new Rung("an agent's Redis timeout", Settings.runtime("spring.data.redis.timeout"), upper, probe),
                new Rung("agent.check-deadline", Settings.agent("checkDeadline"), upper, probe));
    }

    @ParameterizedTest
    @ValueSource(strings = {"qa", "coding"})
    void silentAgent_isHeardBeforeAnybodyThinksItIdle(String type) throws IOException {
        double heartbeat = Settings.agent("heartbeat");

        assertHold(
                new Rung("agent.heartbeat", heartbeat, "idle of " + type, Settings.timeout(type, "idle")),
                new Rung(
                        "agent.heartbeat",
                        heartbeat,
                        "the gateway's server.netty.idle-timeout",
                        Settings.gateway("/server/netty/idle-timeout")));
    }

    @ParameterizedTest
    @MethodSource("javaContainers")
    void capsOfTheJvm_leaveRoomInTheContainer(Container container) {
        double caps = CAPS.matcher(variable(container, "JAVA_TOOL_OPTIONS"))
                .results()
                .mapToDouble(cap -> Double.parseDouble(cap.group(1)))
                .sum();
        Quantity memory = requireNonNull(container.getResources().getLimits().get("memory"));

        assertThat(caps).isPositive();
        assertHold(new Rung("JVM caps of " + container.getImage(), caps, "its memory limit", mebibytes(memory)));
    }

    @Test
    void filesOfAsManyRunsAsThereAreSlots_haveRoomInTheVolume() throws IOException {
        double files =
                Settings.size("sandbox/src/main/java/io/agentrouter/sandbox/settings/Limits.java", "workspaceSize");
        double asTheyCame = Settings.size(
                "coding-agent/src/main/java/io/agentrouter/coding/archive/ArchiveLimits.java", "maxBytes");
        Quantity volume = pod("coding-agent").getVolumes().stream()
                .filter(one -> one.getName().equals("workspaces"))
                .map(one -> one.getEmptyDir().getSizeLimit())
                .findFirst()
                .orElseThrow();

        assertHold(new Rung(
                "files of all runs, with those that came",
                Settings.pom("coding-agent", "slots") * (files + asTheyCame),
                "the size of the volume workspaces",
                mebibytes(volume)));
    }

    @Test
    void violatedRung_namesBothNumbers() {
        Rung rung = new Rung("total of qa", 700, "the gateway's drain", 660);

        assertThat(rung.holds()).isFalse();
        assertThat(rung).hasToString("total of qa (700) must be less than the gateway's drain (660)");
    }

    private static Stream<Container> javaContainers() throws IOException {
        List<Container> containers = new ArrayList<>();
        for (String module : List.of("gateway", "qa-agent", "coding-agent")) {
            containers.addAll(pod(module).getContainers());
        }
        return containers.stream();
    }

    private static double mebibytes(Quantity quantity) {
        return Quantity.getAmountInBytes(quantity).doubleValue() / (1 << 20);
    }

    private static double grace(String module) throws IOException {
        PodSpec pod = pod(module);
        long preStop = pod.getContainers()
                .getFirst()
                .getLifecycle()
                .getPreStop()
                .getSleep()
                .getSeconds();
        return pod.getTerminationGracePeriodSeconds() - preStop;
    }

    private static void assertHold(Rung... rungs) {
        assertThat(rungs)
                .allSatisfy(rung -> assertThat(rung.holds()).as(rung.toString()).isTrue());
    }
}
