package io.agentrouter.coding.tool;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much one tool call may read, write and answer.
 *
 * @param maxFile a larger file is neither read, searched, edited nor written
 * @param maxOutput characters of an answer
 * @param maxLines lines of a file shown at once
 * @param maxResults lines found; of entries, five times as many are listed
 * @param maxSearched bytes that one search reads
 * @param fileTimeout for a call that works on files
 * @param execTimeout for a command that names no time of its own
 * @param maxExecTimeout for any command
 */
public record ToolLimits(
        @DefaultValue("1MB") DataSize maxFile,
        @DefaultValue("16000") @Min(1000) int maxOutput,
        @DefaultValue("400") @Min(1) int maxLines,
        @DefaultValue("100") @Min(1) int maxResults,
        @DefaultValue("64MB") DataSize maxSearched,
        @DefaultValue("30s") Duration fileTimeout,
        @DefaultValue("2m") Duration execTimeout,
        @DefaultValue("10m") Duration maxExecTimeout) {}
