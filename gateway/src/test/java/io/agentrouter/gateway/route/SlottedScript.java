package io.agentrouter.gateway.route;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** An agent that has so many slots, refuses the run beyond them, and ends a run when a test says so, or after a time. */
final class SlottedScript implements ScriptedAgent.Script {

    private final int slots;
    private volatile Duration lasting = Duration.ofDays(1);
    private final Semaphore ends = new Semaphore(0, true);
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final SlotsScript reports = new SlotsScript("");
    private int running;

    SlottedScript(int slots) {
        this.slots = slots;
        reports.say(slots, slots, false);
    }

    /** Runs that begin from now on end by themselves after this time. */
    void last(Duration time) {
        lasting = time;
    }

    /** So many runs end, those first that began first, now or as soon as they have begun. */
    void end(int runs) {
        ends.release(runs);
    }

    /** The bodies of the runs that began, in their order. */
    List<String> begun() {
        return begun;
    }

    /** How often anyone began to listen to its slots. */
    int askedForSlots() {
        return reports.asked();
    }

    /** The bodies of the runs beyond its slots. */
    List<String> refused() {
        return refused;
    }

    @Override
    public void play(Wire gateway) throws Exception {
        List<String> head = gateway.readHead();
        if (SlotsScript.asksForSlots(head)) {
            reports.tellOn(gateway);
            return;
        }
        String body = new String(gateway.readBody(head), StandardCharsets.ISO_8859_1);
        Duration time = lasting; // before a test learns that it has begun, and changes it for the next
        if (!begin(body)) {
            gateway.send("HTTP/1.1 503 No\r\nX-Agent-Refused: busy\r\nContent-Length: 2\r\n\r\n{}");
            return;
        }
        try {
            boolean _ = ends.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            // Before the answer, which the gateway takes for the slot's end.
            end();
        }
        answer(gateway, body);
    }

    private static void answer(Wire gateway, String body) throws IOException {
        if (body.contains("\"stream\":true")) {
            gateway.send(RouteFixture.EVENTS).chunk("data: 1\n\n").lastChunk();
        } else {
            ScriptedAgent.sendJson(gateway, "{}");
        }
    }

    private synchronized boolean begin(String body) {
        if (running == slots) {
            refused.add(body);
            return false;
        }
        running++;
        begun.add(body);
        reports.say(slots, slots - running, false);
        return true;
    }

    private synchronized void end() {
        running--;
        reports.say(slots, slots - running, false);
    }
}
