package io.agentrouter.runtime.model;

import io.agentrouter.runtime.agent.StepResult.ModelAnswer;

/** What a model turn yields. */
public sealed interface ModelEvent {

    /** A piece of the answer's text, never empty. */
    record TextDelta(String text) implements ModelEvent {}

    /**
     * The whole of the turn, once, at its end. Its usage is the model's own count, or where the server gives none an
     * estimate of four bytes of UTF-8 a token.
     */
    record Answered(ModelAnswer answer) implements ModelEvent {}
}
