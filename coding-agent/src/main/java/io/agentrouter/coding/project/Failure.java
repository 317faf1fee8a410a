package io.agentrouter.coding.project;

import io.agentrouter.coding.workspace.WorkspacePath;

/**
 * A line that a test run points at.
 *
 * @param said what was printed there, shortened
 */
public record Failure(WorkspacePath path, int line, String said) {}
