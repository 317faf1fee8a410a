package io.agentrouter.coding;

import io.agentrouter.coding.diff.DiffReport;
import io.agentrouter.runtime.agent.StepResult;
import java.util.List;
import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What a run says of its own accord at its end. */
final class Report {

    private static final int MAX_LEFT_OUT = 20;

    private static final String NEEDS_MODEL =
            "No model is configured, so nothing was edited: editing needs a model (set OPENAI_API_KEY).\n\n";

    private final Scheduler scheduler;

    Report(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * The diff, what it cannot show, and what the commands printed.
     *
     * @param cut why the model did not come to its own end, empty if it did
     */
    Mono<String> ofChanges(Session session, List<StepResult> results, String cut) {
        return later(() -> "\n\n" + paragraph(cut) + changes(session.diff().report()) + "\n"
                + paragraph(session.mode().note()) + CommandLog.of(results).markdown());
    }

    /** Which tests fail and where. */
    Mono<String> ofTests(Session session, List<StepResult> results) {
        CommandLog commands = CommandLog.of(results);
        return later(() -> TestReport.of(session, commands.answers())
                + leftOut(session)
                + NEEDS_MODEL
                + (session.exec() == null ? "" : paragraph(session.mode().note()))
                + commands.markdown());
    }

    private Mono<String> later(Callable<String> text) {
        return Mono.fromCallable(text).subscribeOn(scheduler);
    }

    private static String paragraph(String sentence) {
        return sentence.isEmpty() ? "" : sentence + "\n\n";
    }

    private static String changes(DiffReport report) {
        if (report.isEmpty()) {
            return "No file was changed.\n";
        }
        String patch = report.patch().isEmpty() ? "" : Markdown.fenced("diff", report.patch());
        String rest =
                report.notShown().isEmpty() ? "" : "\nNot in the diff: " + String.join(", ", report.notShown()) + ".\n";
        return "### Changes\n\n" + patch + rest;
    }

    private static String leftOut(Session session) {
        return session.leftOut().isEmpty()
                ? ""
                : "Left out of the workspace, being links or devices: "
                        + String.join(
                                ", ",
                                session.leftOut().stream().limit(MAX_LEFT_OUT).toList())
                        + ".\n\n";
    }
}
