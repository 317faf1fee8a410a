package io.agentrouter.e2e.cluster.client;

import java.util.concurrent.atomic.AtomicInteger;

/** One request and what comes of it, told on standard output. */
final class Exchange {

    private static final AtomicInteger REQUESTS = new AtomicInteger();
    private static final int TEXT_SHOWN = 4000;

    private final Plan plan;
    private final int number = REQUESTS.incrementAndGet();
    private final long began = System.currentTimeMillis();
    private final AnswerCheck answer;
    private int status;
    private long firstMillis;
    private boolean speaking;

    Exchange(Plan plan) {
        this.plan = plan;
        this.answer = new AnswerCheck(plan);
    }

    void head(int code) {
        status = code;
        firstMillis = millis();
    }

    void line(String line) {
        answer.line(line);
        if (!speaking && !answer.text().isEmpty()) {
            speaking = true;
            firstMillis = millis();
            tell(false, "");
        }
    }

    void end() {
        tell(true, answer.problem(status));
    }

    void broken(Exception e) {
        tell(true, "connection: " + e);
    }

    private void tell(boolean ended, String problem) {
        String text = plan.count() > 0 ? "" : answer.text();
        String shown = text.substring(Math.max(0, text.length() - TEXT_SHOWN));
        boolean complete = ended && problem.isEmpty();
        System.out.println(
                new Outcome(plan.name(), number, ended, began, status, firstMillis, millis(), complete, problem, shown)
                        .write());
    }

    private long millis() {
        return System.currentTimeMillis() - began;
    }
}
