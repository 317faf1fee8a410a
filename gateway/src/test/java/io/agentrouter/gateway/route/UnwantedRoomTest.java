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

/** A request that does not want what is free, since it was there in vain, waits for what it wants and keeps it from nobody. */
class UnwantedRoomTest extends FleetFixture {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Semaphore end = new Semaphore(0);

    @Override
    String[] properties() {
        return with("router.agents.qa.resources.slots=1", "router.agents.qa.timeouts.first-byte=1s");
    }

    @BeforeEach
    void askAnew() {
        asked.clear();
        end.drainPermits();
        List.of(one, two).forEach(pod -> pod.play(this::play));
    }

    @Test
    void roomOfAPodThatDrainsForTheFirst_isForWhoeverComesNext() throws IOException {
        try (Wire running = ask("long")) {
            await().until(() -> asked.equals(List.of("long")));
            try (Wire first = ask("drain")) {
                await().until(() -> waiting("qa") == 1);
                try (Wire next = ask("next")) {
                    isAnswered(next);
                }
                end.release();
                isAnswered(first);
                isAnswered(running);
            }
        }
        assertThat(asked).containsExactly("long", "drain", "next", "drain");
    }

    @Test
    void onlyPodThatDrained_isAskedAgain_whenAnotherMayBeAtItsAddress() throws IOException {
        cluster.remove("qa-agent", "two");
        awaitUsable(one);
        try (Wire client = ask("drain")) {
            isAnswered(client);
        }
        assertThat(asked).containsExactly("drain", "drain");
    }

    /** The pod that it gets then has had none of that time. */
    @Test
    void waitAfterAConnectionThatWasNotMade_isNoPartOfTheLimitOnTheFirstByte() throws IOException {
        try (Wire running = ask("long")) {
            await().until(() -> asked.equals(List.of("long")));
            idle().close();
            try (Wire waits = client().post(CHAT, "{\"model\":\"qa\",\"stream\":true,\"what\":\"next\"}")) {
                await().until(() -> waiting("qa") == 1);
                assertThat(waits.endsWithin(1500)).isFalse(); // the limit is 1 s
                end.release();
                isAnswered(waits);
                isAnswered(running);
            }
        }
    }

    private ScriptedAgent idle() {
        return endpoint(one).orElseThrow().outstanding() == 0 ? one : two;
    }

    /** "long" is answered when a test says so; a pod drains for "drain" the first time. */
    private void play(Wire gateway) throws Exception {
        String body = new String(gateway.readBody(gateway.readHead()), StandardCharsets.ISO_8859_1);
        String what = body.replaceAll(".*\"what\":\"|\".*", "");
        boolean again = asked.contains(what);
        asked.add(what);
        if (what.equals("drain") && !again) {
            gateway.send("HTTP/1.1 503 No\r\nX-Agent-Refused: draining\r\nContent-Length: 2\r\n\r\n{}");
            return;
        }
        if (what.equals("long")) {
            end.acquire();
        }
        ScriptedAgent.sendJson(gateway, "{}");
    }

    private Wire ask(String what) throws IOException {
        return client().post(CHAT, "{\"model\":\"qa\",\"what\":\"" + what + "\"}");
    }
}
