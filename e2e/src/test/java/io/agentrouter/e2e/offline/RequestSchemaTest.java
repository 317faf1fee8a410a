package io.agentrouter.e2e.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Answer;
import io.agentrouter.e2e.system.Client;
import io.agentrouter.e2e.system.Described;
import io.agentrouter.e2e.system.OfflineSystem;
import io.agentrouter.e2e.system.SharedSystem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The request's schema and an agent say the same of every field and value. */
@ExtendWith(SharedSystem.class)
class RequestSchemaTest {

    private static final String CHAT = "/agents/coding/v1/chat/completions";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Values of every kind, and around every bound. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "1",
            "2",
            "3",
            "-1",
            "-2",
            "-3",
            "0.5",
            "0.0",
            "1.0",
            "-1.0",
            "2.0",
            "1e1",
            "2.001",
            "-2.001",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "-9223372036854775809",
            "\"\"",
            "\"none\"",
            "\"auto\"",
            "\"qa\"",
            "[]",
            "[1]",
            "[\"text\"]",
            "[\"audio\"]",
            "[\"a\",\"b\",\"c\",\"d\"]",
            "[\"a\",\"b\",\"c\",\"d\",\"e\"]",
            "[{}]",
            "{}",
            "{\"type\":\"text\"}",
            "{\"type\":\"json_object\"}",
            "{\"a\":\"b\"}",
            "{\"a\":1}",
            "{\"a\":null}",
            "{\"conversation_id\":\"c-1\"}",
            "{\"include_usage\":true}",
            "{\"include_usage\":\"yes\"}",
            "{\"include_usage\":null,\"include_obfuscation\":false}");

    private final Client client;

    RequestSchemaTest(OfflineSystem system) {
        client = system.client();
    }

    static Stream<String> fields() {
        return Described.API.at("/components/schemas/ChatCompletionRequest/properties").propertyNames().stream()
                .filter(field -> !field.equals("messages"));
    }

    /** The messages come last and are wrong, so that no run begins: what is wrong before them is told first. */
    @ParameterizedTest
    @MethodSource("fields")
    @Tag("slow")
    void valueOfAField_isRefusedIfTheSchemaSaysSo(String field) {
        for (String value : VALUES) {
            boolean described = Described.API
                    .requestDifferences(JSON.readTree(
                            "{\"%s\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"?\"}]}".formatted(field, value)))
                    .isEmpty();

            Answer answer = client.post(CHAT, "{\"%s\":%s,\"messages\":[]}".formatted(field, value));

            assertThat(answer.json().at("/error/param").asString(""))
                    .as("%s: %s is %s, and %s", field, value, described ? "described" : "not described", answer)
                    .isEqualTo(described ? "messages" : field);
        }
    }

    @Test
    void fieldThatTheSchemaDoesNotHave_isRefused() {
        Answer answer = client.post(CHAT, "{\"top_k\":1,\"messages\":[]}");

        assertThat(answer.json().at("/error/code").asString()).isEqualTo("unsupported_field");
        assertThat(answer.json().at("/error/param").asString()).isEqualTo("top_k");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'role':'user','content':'?'}]",
                "[{'role':'system','content':'x'},{'role':'user','name':'n','content':[{'type':'text','text':'?'}]}]",
                "[{'role':'developer','content':'x'},{'role':'assistant','content':'y'},{'role':'user','content':'?'}]",
                "[{'role':'assistant','refusal':'no','content':null},{'role':'user','content':'?'}]",
                "[{'role':'assistant','content':'y','tool_calls':[],'audio':null},{'role':'user','content':'?'}]",
                "[{'role':'user','content':[{'type':'file','file':{'filename':'a.txt','file_data':'YQ=='}}]}]"
            })
    void messagesAsDescribed_areTaken(String messages) {
        assertThat(Described.API.requestDifferences(body(messages))).isEmpty();
        assertThat(client.post(CHAT, body(messages).toString()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "[]",
                "[1]",
                "[{'content':'?'}]",
                "[{'role':'user'}]",
                "[{'role':'user','content':[]}]",
                "[{'role':'user','content':[{'type':'text'}]}]",
                "[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:,'}}]}]",
                "[{'role':'user','content':[{'type':'file','file':{'filename':'a.txt'}}]}]",
                "[{'role':'user','content':[{'type':'file','file':{'file_id':'1'}}]}]",
                "[{'role':'tool','tool_call_id':'1','content':'x'},{'role':'user','content':'?'}]",
                "[{'role':'assistant','content':'y','tool_calls':[{'id':'1'}]},{'role':'user','content':'?'}]",
                "[{'role':'assistant','content':null},{'role':'user','content':'?'}]"
            })
    void messagesThatAreNotAsDescribed_areRefused(String messages) {
        assertThat(Described.API.requestDifferences(body(messages))).isNotEmpty();
        Answer answer = client.post(CHAT, body(messages).toString());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/error/param").asString()).startsWith("messages");
    }

    private static JsonNode body(String messages) {
        return JSON.readTree("{\"messages\":" + messages.replace('\'', '"') + "}");
    }
}
