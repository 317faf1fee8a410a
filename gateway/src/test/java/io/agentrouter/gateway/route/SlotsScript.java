package io.agentrouter.gateway.route;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An agent that says of its slots what a test says, and answers every other request with the same words. */
final class SlotsScript implements ScriptedAgent.Script {

    private static final String BREAK = "break";
    private static final long COMMENT_NANOS = 300_000_000;

    private final String answer;
    private final List<BlockingQueue<String>> listeners = new ArrayList<>();
    private String last = event(4, 4, false);
    private volatile boolean silent;
    private int asked;

    SlotsScript(String answer) {
        this.answer = answer;
    }

    void say(int slots, int free, boolean draining) {
        tell(event(slots, free, draining));
    }

    /** Ends the connections of all who listen; whoever comes again is told other slots. */
    synchronized void breakOffAndHave(int slots) {
        last = event(slots, slots, false);
        listeners.forEach(listener -> listener.add(BREAK));
        listeners.clear();
    }

    private synchronized void tell(String event) {
        last = event;
        listeners.forEach(listener -> listener.add(event));
    }

    /** How often anyone began to listen. */
    synchronized int asked() {
        return asked;
    }

    private synchronized BlockingQueue<String> listen() {
        asked++;
        var events = new LinkedBlockingQueue<>(List.of(last));
        listeners.add(events);
        return events;
    }

    @Override
    public void play(Wire gateway) throws Exception {
        List<String> head = gateway.readHead();
        if (asksForSlots(head)) {
            tellOn(gateway);
        } else {
            gateway.readBody(head);
            ScriptedAgent.sendJson(gateway, answer);
        }
    }

    static boolean asksForSlots(List<String> head) {
        return head.getFirst().startsWith("GET /slots");
    }

    /** Says what there is to say until the other side has gone. */
    void tellOn(Wire gateway) throws Exception {
        gateway.send(RouteFixture.EVENTS);
        sayUntilBroken(gateway, listen());
    }

    /** From now on says nothing between events, as an agent that hangs. */
    void beSilent() {
        silent = true;
    }

    private void sayUntilBroken(Wire gateway, BlockingQueue<String> events) throws Exception {
        long said = System.nanoTime();
        while (!gateway.endsWithin(1)) {
            String event = events.poll(10, TimeUnit.MILLISECONDS);
            if (event == null && !silent && System.nanoTime() - said > COMMENT_NANOS) {
                said = System.nanoTime();
                gateway.chunk(": \n\n");
            }
            if (BREAK.equals(event)) {
                gateway.reset();
                return;
            }
            if (event != null) {
                gateway.chunk(event);
            }
        }
    }

    private static String event(int slots, int free, boolean draining) {
        return "data: {\"slots\":%d,\"free\":%d,\"draining\":%b}\n\n".formatted(slots, free, draining);
    }
}
