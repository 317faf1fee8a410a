package io.agentrouter.qa.document;

/** A file that is not part of the index, and why in a few words. */
public record Skipped(String name, String reason) {}
