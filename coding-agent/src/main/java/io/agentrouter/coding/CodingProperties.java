package io.agentrouter.coding;

import io.agentrouter.coding.archive.ArchiveLimits;
import io.agentrouter.coding.diff.DiffLimits;
import io.agentrouter.coding.tool.ToolLimits;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of the coding agent.
 *
 * @param workspaces where workspaces are made, shared with the sandbox and with no other agent; made if it is missing
 * @param shared whether the sandbox is another user of the directory's group
 * @param sandboxSocket the sandbox's Unix domain socket; without one no command is run
 * @param fileThreads most threads that work on files at once
 * @param archive how much may come in
 * @param tools how much a tool call may do
 * @param diff how much of the changes is shown
 * @param turns how long a model may go on
 */
@Validated
@ConfigurationProperties("coding")
record CodingProperties(
        Path workspaces,
        @DefaultValue("false") boolean shared,
        @Nullable Path sandboxSocket,
        @DefaultValue("16") @Min(1) int fileThreads,
        @DefaultValue @Valid ArchiveLimits archive,
        @DefaultValue @Valid ToolLimits tools,
        @DefaultValue @Valid DiffLimits diff,
        @DefaultValue @Valid Turns turns) {

    /**
     * How long a model may go on.
     *
     * @param max model turns of a run; in the last one there are no tools
     * @param maxCalls tool calls of one turn, the rest is passed over
     * @param maxFailures tool calls in a row that may fail
     * @param maxContext characters of tool results shown to the model, the newest first
     */
    record Turns(
            @DefaultValue("40") @Min(1) int max,
            @DefaultValue("16") @Min(1) int maxCalls,
            @DefaultValue("6") @Min(1) int maxFailures,
            @DefaultValue("240000") @Min(1000) int maxContext) {}
}
