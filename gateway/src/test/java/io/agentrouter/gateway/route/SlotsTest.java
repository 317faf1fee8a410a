package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agentrouter.gateway.endpoint.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pods say of their slots decides who gets a run, within a second of its being said. */
class SlotsTest extends FleetFixture {

    private SlotsScript first = new SlotsScript("1");
    private SlotsScript second = new SlotsScript("2");

    @Override
    String[] properties() {
        return with(
                "router.agents.qa.reports-slots=true",
                "router.agents.qa.resources.slots=16",
                "router.endpoints.slots.silence=2s");
    }

    @BeforeEach
    void bothSayThatTheyAreFree() {
        first = new SlotsScript("1");
        second = new SlotsScript("2");
        one.play(first);
        two.play(second);
        first.say(4, 4, false);
        second.say(4, 4, false);
        soon().until(() -> free(one) == 4 && free(two) == 4);
    }

    @Test
    void podThatIsFull_getsNothing_andIsUsedAgainWithinASecondOfHavingRoom() throws Exception {
        first.say(4, 0, false);
        soon().until(() -> free(one) == 0);
        allGoTo("2");

        first.say(4, 4, false);
        soon().until(() -> ask().equals("1"));
    }

    @Test
    void runsThatOtherGatewaysHaveThere_count() throws Exception {
        first.say(4, 1, false);
        soon().until(() -> free(one) == 1);
        allGoTo("2");
    }

    @Test
    void podThatDrains_getsNothing() throws Exception {
        second.say(4, 0, true);
        soon().until(() -> free(two) == 0);
        allGoTo("1");
    }

    @Test
    void whateverIsAskedAndSaid_eachPodIsListenedToOverOneConnection() throws Exception {
        for (int free = 3; free >= 0; free--) {
            int now = free;
            ask();
            first.say(4, now, false);
            second.say(4, now + 1, false);
            soon().until(() -> free(one) == now && free(two) == now + 1);
        }
        assertThat(List.of(first.asked(), second.asked())).containsOnly(1);
    }

    @Test
    void brokenConnection_isMadeAgain() {
        first.breakOffAndHave(3);
        soon().until(() -> free(one) == 3);
    }

    @Test
    void connectionThatIsSilentForLongerThanComments_isMadeAgain() {
        first.beSilent();
        int before = one.accepted();
        await().atMost(Duration.ofSeconds(4)).until(() -> one.accepted() > before);
    }

    @Test
    void podThatIsGone_isListenedToNoMore() {
        cluster.remove("qa-agent", "one");
        // For longer than a silent connection stays.
        await().during(Duration.ofSeconds(3)).until(() -> one.open() == 0);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(1)).pollInterval(Duration.ofMillis(20));
    }

    private int free(ScriptedAgent pod) {
        return endpoint(pod).map(Endpoint::free).orElse(-1);
    }

    private void allGoTo(String answer) throws IOException {
        for (int i = 0; i < 20; i++) {
            assertThat(ask()).isEqualTo(answer);
        }
    }
}
