package io.agentrouter.runtime.agent;

/** A file that the client sent along; {@code name} is the client's word and not yet safe as a path. */
@SuppressWarnings("ArrayRecordComponent")
public record InputFile(String name, byte[] content) {}
