package io.agentrouter.coding;

import io.agentrouter.coding.project.Failures;
import io.agentrouter.coding.project.Project;
import io.agentrouter.coding.project.TestRun;
import io.agentrouter.runtime.agent.StepResult.ToolAnswer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/** Which tests fail and where, in words. */
final class TestReport {

    private static final String NONE = """
            No tests were found. Attach a project, as a zip or tar.gz or as files, that has Python tests (test_*.py), \
            a pom.xml, a package.json, a go.mod or a Makefile.

            """;

    private TestReport() {}

    /** @param answers what the tests' commands printed, in the order of the projects */
    static String of(Session session, List<ToolAnswer> answers) throws IOException {
        List<Project> projects = session.projects();
        if (projects.isEmpty()) {
            return NONE;
        }
        if (session.exec() == null) {
            return session.mode().note() + " Its tests would be run by: "
                    + projects.stream().map(TestReport::command).collect(Collectors.joining(", ")) + ".\n\n";
        }
        Failures places = new Failures(session.workspace());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < answers.size(); i++) {
            ToolAnswer answer = answers.get(i);
            text.append(inWords(TestRun.of(
                    projects.get(i), CommandLog.output(answer), answer.output().failed(), places)));
        }
        return text.toString();
    }

    /** What is said before a project's tests are run, since they may take minutes. */
    static String announcing(Project project) {
        return "Running the " + project.language().title() + " tests in `" + project.directory() + "`: "
                + command(project) + "\n\n";
    }

    private static String command(Project project) {
        return "`" + project.command() + "`";
    }

    private static String inWords(TestRun run) {
        Project project = run.project();
        String title = "**" + project.language().title() + "** in `" + project.directory() + "`: ";
        return title
                + switch (run.outcome()) {
                    case PASSED -> "the tests pass.\n\n";
                    case FAILED -> "the tests fail (" + run.how() + ").\n\n" + places(run);
                    case STOPPED -> "the tests did not come to their end (" + run.how() + ").\n\n" + places(run);
                    case NO_TESTS -> "nothing failed, but no test was run.\n\n";
                    case NOT_RUN -> "the tests could not be run. " + run.how() + "\n\n";
                };
    }

    private static String places(TestRun run) {
        String missing = missing(run.missing());
        if (run.failures().isEmpty()) {
            return missing.isEmpty() ? "The output names no line of the project's own files.\n\n" : missing;
        }
        return run.failures().stream()
                .map(place -> "- `" + place.path() + ":" + place.line() + "`: " + place.said() + "\n")
                .collect(Collectors.joining("", "", "\n" + missing));
    }

    private static String missing(List<String> names) {
        String quoted = names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        return names.isEmpty()
                ? ""
                : "Missing here: " + quoted
                        + ". Commands have no network: put it into the project's archive, or let the "
                        + "sandbox mount it.\n\n";
    }
}
