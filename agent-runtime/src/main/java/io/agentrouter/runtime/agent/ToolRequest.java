package io.agentrouter.runtime.agent;

/** A model's wish to call a tool; {@code arguments} is a JSON object as the model wrote it, so it may be invalid. */
public record ToolRequest(String id, String name, String arguments) {}
