package io.agentrouter.qa.index;

import io.agentrouter.qa.document.Passage;

/** A passage that was found; a higher score is a better rank, comparable within one search only. */
public record Hit(Passage passage, float score) {}
