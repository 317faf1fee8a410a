package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who had a slot, of a pod that did not begin, comes before all who wait. */
class TurnTest extends FleetFixture {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Semaphore refusal = new Semaphore(0);

    @Override
    String[] properties() {
        return with("router.agents.qa.resources.slots=1", "router.agents.qa.queue.max-entries=1");
    }

    @BeforeEach
    void askAnew() {
        asked.clear();
    }

    @Test
    void refusedByTheOnlyPod_isItsTurnAgain_beforeOneWhoFillsTheQueue() throws IOException {
        one.play(this::refuseFirst);
        cluster.remove("qa-agent", "two");
        awaitUsable(one);
        try (Wire early = ask("early")) {
            await().until(() -> asked.equals(List.of("early")));
            try (Wire late = ask("late")) {
                await().until(() -> waiting("qa") == 1);
                refusal.release();
                isAnswered(early);
                isAnswered(late);
            }
        }
        assertThat(asked).containsExactly("early", "early", "late");
    }

    /** Of the pods, one is full of the first request, and the other one drains for the second one, which waits. */
    @Test
    void refusedByOnePod_getsTheRoomOfTheOther_whichWhoeverWaitsDoesNotWant() throws IOException {
        List.of(one, two).forEach(pod -> pod.play(this::refuseFirst));
        try (Wire early = ask("early", "Prefer: wait=0")) {
            await().until(() -> asked.equals(List.of("early")));
            try (Wire late = ask("drain")) {
                await().until(() -> waiting("qa") == 1 && usable().stream().anyMatch(pod -> pod.free() > 0));
                refusal.release();
                isAnswered(early);
                isAnswered(late);
            }
        }
        assertThat(asked).containsExactly("early", "drain", "early", "drain");
    }

    /** Asked for the first time, does not begin: "early" when a test says so, and "drain" since it drains. */
    private void refuseFirst(Wire gateway) throws Exception {
        String body = new String(gateway.readBody(gateway.readHead()), StandardCharsets.ISO_8859_1);
        String what = body.replaceAll(".*\"what\":\"|\".*", "");
        boolean first = !asked.contains(what);
        asked.add(what);
        if (first && what.equals("early")) {
            refusal.acquire();
            refuse(gateway, "busy");
        } else if (first && what.equals("drain")) {
            refuse(gateway, "draining");
        } else {
            ScriptedAgent.sendJson(gateway, "{}");
        }
    }

    private static void refuse(Wire gateway, String reason) throws IOException {
        gateway.send("HTTP/1.1 503 No\r\nX-Agent-Refused: " + reason + "\r\nContent-Length: 2\r\n\r\n{}");
    }

    private Wire ask(String what, String... headers) throws IOException {
        return client().post(CHAT, "{\"model\":\"qa\",\"what\":\"" + what + "\"}", headers);
    }
}
