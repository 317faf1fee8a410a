package io.agentrouter.coding.archive;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much may come out of what a client sends, over all files of one run.
 *
 * @param maxEntries files and directories
 * @param maxBytes bytes of all files, unpacked
 * @param maxRatio unpacked bytes for each byte of an archive, counted beyond the first MiB
 * @param maxDepth directories above a file
 */
public record ArchiveLimits(
        @DefaultValue("10000") @Min(1) int maxEntries,
        @DefaultValue("256MB") DataSize maxBytes,
        @DefaultValue("100") @Min(1) int maxRatio,
        @DefaultValue("32") @Min(1) @Max(64) int maxDepth) {}
