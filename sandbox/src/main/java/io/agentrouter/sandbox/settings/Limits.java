package io.agentrouter.sandbox.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What one command may use.
 *
 * @param time the longest a command may run, whatever its request says
 * @param grace how long a command that is out of time has between SIGTERM and SIGKILL
 * @param memory resident memory of a command's whole process tree
 * @param processes processes and threads of a command's whole tree
 * @param userProcesses processes and threads of the user of all commands that run in place; the kernel counts them over
 *     all containers of a machine
 * @param openFiles open files of one process
 * @param fileSize size of one file
 * @param workspaceSize size of all files in the workspace
 * @param workspaceFiles number of files and directories in the workspace
 * @param freeDisk space on the workspaces' file system that commands never use up
 * @param freeDiskPercent the same as a share of that file system's size, where that is more; for where a kubelet would
 *     evict pods before
 * @param temporary size of {@code /tmp}, where it is a file system of the command's own
 * @param output bytes of output that are given back; the middle of a longer one is left out
 * @param printed bytes of output after which a command is ended
 * @param niceness how far commands stand back behind the service when the CPU is short
 */
public record Limits(
        @DefaultValue("10m") Duration time,
        @DefaultValue("2s") Duration grace,
        @DefaultValue("640MB") DataSize memory,
        @DefaultValue("512") int processes,
        @DefaultValue("4096") int userProcesses,
        @DefaultValue("1024") int openFiles,
        @DefaultValue("256MB") DataSize fileSize,
        @DefaultValue("1GB") DataSize workspaceSize,
        @DefaultValue("50000") int workspaceFiles,
        @DefaultValue("512MB") DataSize freeDisk,
        @DefaultValue("0") int freeDiskPercent,
        @DefaultValue("256MB") DataSize temporary,
        @DefaultValue("256KB") DataSize output,
        @DefaultValue("64MB") DataSize printed,
        @DefaultValue("10") int niceness) {

    public Limits {
        Check.that(time.isPositive(), "sandbox.limits.time must be positive");
        Check.that(!grace.isNegative(), "sandbox.limits.grace must not be negative");
        Check.that(memory.toMegabytes() >= 16, "sandbox.limits.memory must be at least 16MB");
        Check.that(processes >= 8, "sandbox.limits.processes must be at least 8");
        Check.that(
                userProcesses >= processes, "sandbox.limits.user-processes must not be below sandbox.limits.processes");
        Check.that(openFiles >= 64, "sandbox.limits.open-files must be at least 64");
        Check.that(fileSize.toBytes() > 0, "sandbox.limits.file-size must be positive");
        Check.that(workspaceSize.toBytes() > 0, "sandbox.limits.workspace-size must be positive");
        Check.that(workspaceFiles > 0, "sandbox.limits.workspace-files must be positive");
        Check.that(!freeDisk.isNegative(), "sandbox.limits.free-disk must not be negative");
        Check.that(
                freeDiskPercent >= 0 && freeDiskPercent < 100,
                "sandbox.limits.free-disk-percent must be between 0 and 99");
        Check.that(temporary.toMegabytes() >= 1, "sandbox.limits.temporary must be at least 1MB");
        Check.that(
                output.toBytes() >= 1024 && output.toMegabytes() <= 8,
                "sandbox.limits.output must be between 1KB and 8MB");
        Check.that(printed.compareTo(output) >= 0, "sandbox.limits.printed must not be below sandbox.limits.output");
        Check.that(niceness >= 0 && niceness <= 19, "sandbox.limits.niceness must be between 0 and 19");
    }
}
