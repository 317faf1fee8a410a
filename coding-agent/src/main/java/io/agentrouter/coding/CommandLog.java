package io.agentrouter.coding;

import io.agentrouter.coding.tool.Clip;
import io.agentrouter.coding.tool.ExecTool;
import io.agentrouter.runtime.agent.StepResult;
import io.agentrouter.runtime.agent.StepResult.ToolAnswer;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that were run, and what they printed. */
record CommandLog(List<ToolAnswer> answers) {

    private static final int MAX_COMMANDS = 10;
    private static final int MAX_OUTPUT = 4000;

    static CommandLog of(List<StepResult> results) {
        return new CommandLog(results.stream()
                .filter(ToolAnswer.class::isInstance)
                .map(ToolAnswer.class::cast)
                .filter(answer -> answer.request().name().equals(ExecTool.NAME))
                .toList());
    }

    String markdown() {
        if (answers.isEmpty()) {
            return "";
        }
        int skipped = Math.max(0, answers.size() - MAX_COMMANDS);
        String note = skipped == 0 ? "" : "The last " + MAX_COMMANDS + " of " + answers.size() + ".\n\n";
        return "### Commands\n\n" + note
                + answers.stream().skip(skipped).map(CommandLog::markdown).collect(Collectors.joining("\n"));
    }

    private static String markdown(ToolAnswer answer) {
        return Markdown.fenced("console", "$ " + command(answer) + "\n" + Clip.middle(output(answer), MAX_OUTPUT));
    }

    static String output(ToolAnswer answer) {
        return answer.output().text();
    }

    private static String command(ToolAnswer answer) {
        try {
            JsonNode arguments = JsonMapper.shared().readTree(answer.request().arguments());
            String directory = arguments.path("directory").asString(".");
            String line = arguments.path("command").asString("");
            return directory.equals(".") ? line : "cd " + directory + " && " + line;
        } catch (JacksonException e) {
            return "?";
        }
    }
}
