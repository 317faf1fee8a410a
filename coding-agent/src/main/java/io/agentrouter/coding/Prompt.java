package io.agentrouter.coding;

import java.util.List;
import java.util.stream.Collectors;

/** The instructions of a model, with what is known of the workspace. */
final class Prompt {

    private Prompt() {}

    static String of(String general, Session session) {
        String tests = session.projects().stream()
                .map(project -> "The " + project.language().title() + " tests in " + project.directory()
                        + " are run by: " + project.command() + "\n")
                .collect(Collectors.joining());
        List<String> leftOut = session.leftOut().stream().limit(20).toList();
        String missing =
                leftOut.isEmpty() ? "" : "Left out, being links or devices: " + String.join(", ", leftOut) + "\n";
        String exec = session.exec() != null ? "" : session.mode().note() + " Say so in your answer.\n";
        return general + tests + missing + exec;
    }
}
