package io.agentrouter.coding;

import io.agentrouter.coding.diff.DiffReport;
import io.agentrouter.coding.project.Failure;
import io.agentrouter.coding.project.Failures;
import io.agentrouter.coding.project.Project;
import io.agentrouter.runtime.agent.StepResult;
import io.agentrouter.runtime.agent.StepResult.ToolAnswer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** What a run says of its own accord at its end. */
final class Report {

    private static final String NEEDS_MODEL =
            "No model is configured, so nothing was edited: editing needs a model (set OPENAI_API_KEY).\n";

    private final Scheduler scheduler;

    Report(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** The diff, what it cannot show, and what the commands printed. */
    Mono<String> ofChanges(Session session, List<StepResult> results) {
        return Mono.fromCallable(() -> "\n\n" + changes(session.diff().report()) + "\n"
                        + (session.exec() != null ? CommandLog.of(results).markdown() : session.execOff() + "\n"))
                .subscribeOn(scheduler);
    }

    /** Which tests fail and where. */
    Mono<String> ofTests(Session session, List<StepResult> results) {
        return Mono.fromCallable(() -> tests(session, CommandLog.of(results).answers())
                        + leftOut(session) + NEEDS_MODEL + "\n"
                        + CommandLog.of(results).markdown())
                .subscribeOn(scheduler);
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

    private static String tests(Session session, List<ToolAnswer> answers) throws IOException {
        if (session.projects().isEmpty()) {
            return "No tests were found. Attach a project, as a zip or tar.gz or as files, that has Python tests "
                    + "(test_*.py), a pom.xml, a package.json, a go.mod or a Makefile.\n\n";
        }
        if (session.exec() == null) {
            return session.execOff() + " Its tests would be run by: "
                    + session.projects().stream()
                            .map(project -> "`" + project.command() + "`")
                            .collect(Collectors.joining(", "))
                    + "\n\n";
        }
        StringBuilder text = new StringBuilder();
        Failures failures = new Failures(session.workspace().files());
        for (int i = 0; i < answers.size(); i++) {
            text.append(test(session.projects().get(i), answers.get(i), failures));
        }
        return text.toString();
    }

    private static String test(Project project, ToolAnswer answer, Failures failures) {
        String output = CommandLog.output(answer);
        String title = "**" + project.language().title() + "** in `" + project.directory() + "`: ";
        if (output.startsWith("exit code 0,")) {
            return title + "the tests pass.\n\n";
        }
        if (answer.output().failed()) {
            return title + "the tests could not be run. " + output + "\n\n";
        }
        String outcome = output.lines().findFirst().orElse("");
        List<Failure> places = failures.in(project, output);
        return title + "the tests fail (" + outcome + ").\n\n"
                + places.stream()
                        .map(place -> "- `" + place.path() + ":" + place.line() + "`: " + place.said() + "\n")
                        .collect(Collectors.joining())
                + (places.isEmpty() ? "The output names no line of the project's own files.\n" : "")
                + "\n";
    }

    private static String leftOut(Session session) {
        return session.leftOut().isEmpty()
                ? ""
                : "Left out of the workspace, being links or devices: "
                        + String.join(", ", session.leftOut().stream().limit(20).toList()) + ".\n\n";
    }
}
