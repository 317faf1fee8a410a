package io.agentrouter.runtime.memory;

import io.agentrouter.runtime.agent.Message;
import java.util.List;

/** Turns as a run has them. */
final class Talk {

    private Talk() {}

    static List<Message> turn(String question, String answer) {
        return List.of(new Message.User(question), new Message.Assistant(answer, List.of()));
    }

    /** Questions and answers in their order. */
    static List<String> texts(ConversationTurn turn) {
        return turn.remembered().stream()
                .map(message -> switch (message) {
                    case Message.User(String text) -> text;
                    case Message.Assistant(String text, var tools) -> text;
                    case Message.Instructions(String text) -> "instructions: " + text;
                    case Message.ToolResult(var request, String text) -> "tool: " + text;
                })
                .toList();
    }

    /** Waits for its turn, says something and lets the next one begin. */
    static void say(Pod pod, String conversation, String question, String answer) {
        ConversationTurn turn = pod.open(conversation);
        turn.append(turn(question, answer)).block(Pod.LONG);
        turn.release().block(Pod.LONG);
    }

    /** What a next turn would find. */
    static List<String> remembered(Pod pod, String conversation) {
        ConversationTurn turn = pod.open(conversation);
        turn.release().block(Pod.LONG);
        return texts(turn);
    }
}
