package io.agentrouter.coding.workspace;

/**
 * The directory that one run works in.
 *
 * @param name its one path element in the directory that agent and sandbox share
 * @param files what is in it
 * @param originals the files as they came in
 */
public record Workspace(String name, WorkspaceFiles files, Originals originals) {}
