package io.agentrouter.qa.answer;

import io.agentrouter.runtime.agent.Message;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is asked.
 *
 * @param text the question itself
 * @param before what the user asked before it, which a follow-up such as "and the other one?" leans on; may be empty
 */
public record Question(String text, String before) {

    /** Enough for any question; what is longer is a document and not a question. */
    private static final int MAX_LENGTH = 2000;
    /** Earlier questions that a follow-up leans on. */
    private static final int REMEMBERED = 2;

    /** The question in a conversation: its last user message; blank if there is none. */
    public static Question in(List<Message> messages) {
        List<String> asked = messages.stream()
                .filter(Message.User.class::isInstance)
                .map(message -> cut(((Message.User) message).text()))
                .toList();
        if (asked.isEmpty()) {
            return new Question("", "");
        }
        String before = asked.subList(Math.max(0, asked.size() - 1 - REMEMBERED), asked.size() - 1).stream()
                .collect(Collectors.joining("\n"));
        return new Question(asked.getLast(), before);
    }

    /** The question and what came before it, for a search by word. */
    String withBefore() {
        return before.isEmpty() ? text : text + "\n" + before;
    }

    private static String cut(String text) {
        String stripped = text.strip();
        return stripped.length() <= MAX_LENGTH ? stripped : stripped.substring(0, MAX_LENGTH);
    }
}
