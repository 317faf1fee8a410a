package io.agentrouter.runtime.agent;

/** A tool's result in words for the model; {@code failed} when the tool could not do what it was asked. */
public record ToolOutput(String text, boolean failed) {}
