package io.agentrouter.coding.project;

import io.agentrouter.coding.workspace.WorkspacePath;

/**
 * A project in a workspace.
 *
 * @param directory where its tests are run
 * @param command the shell command that runs them
 */
public record Project(Language language, WorkspacePath directory, String command) {}
