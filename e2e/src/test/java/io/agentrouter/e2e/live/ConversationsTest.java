package io.agentrouter.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Answer;
import io.agentrouter.e2e.system.Ask;
import io.agentrouter.e2e.system.Client;
import io.agentrouter.e2e.system.LiveSystem;
import io.agentrouter.e2e.system.SharedSystem;
import io.agentrouter.runtime.testing.Script;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the model is told of a conversation's earlier turns. */
@ExtendWith(SharedSystem.class)
class ConversationsTest {

    private final Client client;
    private final ScriptedModelServer model;

    ConversationsTest(LiveSystem system) {
        client = system.client();
        model = system.freshModel();
    }

    @ParameterizedTest
    @ValueSource(strings = {"qa", "coding"})
    void turnsOfOneConversation_areToldToTheModelInTheirOrder(String type) {
        String conversation = "e2e-" + type;
        model.next(
                Script.text("The first answer."), Script.text("The second answer."), Script.text("The third answer."));

        ask(Ask.of(type, "How much memory is the first?").header("X-Conversation-Id", conversation));
        ask(Ask.of(type, "How much memory is the second?")
                .streamed()
                .with("metadata", Map.of("conversation_id", conversation)));
        ask(Ask.of(type, "How much memory is the third?").header("X-Conversation-Id", conversation));

        assertThat(said())
                .containsSubsequence(
                        "How much memory is the first?",
                        "The first answer.",
                        "How much memory is the second?",
                        "The second answer.",
                        "How much memory is the third?");
    }

    @Test
    void otherTypeAndOtherConversation_knowNothingOfIt() {
        model.next(Script.text("A secret."), Script.text("None."), Script.text("None."));
        ask(Ask.of("qa", "How much memory?").header("X-Conversation-Id", "e2e-mine"));

        ask(Ask.of("coding", "How much memory?").header("X-Conversation-Id", "e2e-mine"));
        assertThat(said()).doesNotContain("A secret.");
        ask(Ask.of("qa", "How much memory?").header("X-Conversation-Id", "e2e-other"));
        assertThat(said()).doesNotContain("A secret.");
    }

    @Test
    void headerAndMetadataThatDisagree_areRefused() {
        Answer answer = client.ask(Ask.of("qa", "How much memory?")
                .header("X-Conversation-Id", "one")
                .with("metadata", Map.of("conversation_id", "two")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/param").asString()).isEqualTo("metadata.conversation_id");
    }

    private void ask(Ask ask) {
        Answer answer = client.ask(ask);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    /** All that the model was told in its last turn. */
    private String said() {
        return String.join(
                "\n",
                model.lastCall().messages().stream()
                        .map(message -> message.path("content"))
                        .map(JsonNode::toString)
                        .toList());
    }
}
