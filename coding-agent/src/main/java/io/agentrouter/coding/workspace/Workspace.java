package io.agentrouter.coding.workspace;

import java.nio.file.Path;

/**
 * The directory that one run works in.
 *
 * @param name its one path element in the directory that agent and sandbox share
 * @param files what is in it
 * @param originals a private directory of the agent for the run's keeping
 */
public record Workspace(String name, WorkspaceFiles files, Path originals) {}
