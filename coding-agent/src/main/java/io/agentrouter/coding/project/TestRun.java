package io.agentrouter.coding.project;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a project's tests went, read out of what their command printed.
 *
 * @param how in the sandbox's words, such as {@code exit code 1, 0.3 s}; a sentence if the command could not be run
 * @param failures where they fail
 * @param missing what they wanted and did not find: modules, artifacts, programs
 */
public record TestRun(Project project, Outcome outcome, String how, List<Failure> failures, List<String> missing) {

    private static final int MAX_MISSING = 10;
    private static final Pattern EXITED = Pattern.compile("exit code (\\d+), ");
    private static final String PASSED = "0";
    private static final String PYTHON_RAN_NOTHING = "5";

    public TestRun {
        failures = List.copyOf(failures);
        missing = List.copyOf(missing);
    }

    /** How tests can go. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** A limit ended the command. */
        STOPPED,
        /** All is well, but there was nothing to run. */
        NO_TESTS,
        /** The sandbox did not run the command. */
        NOT_RUN
    }

    /**
     * Reads it.
     *
     * @param output the outcome in the first line, then what the command printed
     * @param refused whether the sandbox did not run the command
     */
    public static TestRun of(Project project, String output, boolean refused, Failures places) {
        Outcome outcome = refused ? Outcome.NOT_RUN : outcome(project.language(), output);
        boolean failed = outcome == Outcome.FAILED || outcome == Outcome.STOPPED;
        return new TestRun(
                project,
                outcome,
                output.lines().findFirst().orElse(""),
                failed ? places.in(project, output) : List.of(),
                failed ? project.language().missing(output).limit(MAX_MISSING).toList() : List.of());
    }

    private static Outcome outcome(Language language, String output) {
        Matcher exited = EXITED.matcher(output);
        if (!exited.lookingAt()) {
            return Outcome.STOPPED;
        }
        String code = exited.group(1);
        boolean well = code.equals(PASSED) || (language == Language.PYTHON && code.equals(PYTHON_RAN_NOTHING));
        if (well && language.nothingRan(output)) {
            return Outcome.NO_TESTS;
        }
        return code.equals(PASSED) ? Outcome.PASSED : Outcome.FAILED;
    }
}
