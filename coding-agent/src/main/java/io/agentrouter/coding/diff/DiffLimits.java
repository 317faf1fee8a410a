package io.agentrouter.coding.diff;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How far the comparison of a workspace with what came in goes. What lies beyond is named instead of shown.
 *
 * @param maxFile a larger file is not shown
 * @param maxLines a file with more lines is not shown
 * @param maxSize of the whole diff, in characters
 * @param maxEntries files and directories to look at
 * @param maxScanned bytes to read in sum
 * @param maxTime for making the diff
 */
public record DiffLimits(
        @DefaultValue("256KB") DataSize maxFile,
        @DefaultValue("10000") @Min(1) int maxLines,
        @DefaultValue("256KB") DataSize maxSize,
        @DefaultValue("20000") @Min(1) int maxEntries,
        @DefaultValue("1GB") DataSize maxScanned,
        @DefaultValue("20s") Duration maxTime) {}
