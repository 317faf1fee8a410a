package io.agentrouter.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.agentrouter.e2e.system.Described;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of fields in docs/contract.md, which the agents' runtime keeps, and the request's schema say the same. */
class RequestFieldsTest {

    /** The SDK makes a method with the field's name of each; {@code stream} is said by the method that is called. */
    @Test
    void table_hasEveryFieldOfTheSdk() {
        Set<String> sdk = Arrays.stream(ChatCompletionCreateParams.Body.class.getMethods())
                .filter(method -> method.getName().startsWith("_"))
                .map(method -> method.getAnnotation(JsonProperty.class))
                .filter(Objects::nonNull)
                .map(JsonProperty::value)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(sdk).contains("messages", "max_completion_tokens");
        sdk.add("stream");

        assertThat(fields().keySet()).containsExactlyInAnyOrderElementsOf(sdk);
    }

    @Test
    void table_hasTheFieldsAndRulesOfTheSchema() {
        Map<String, String> schema = new HashMap<>();
        Described.API
                .at("/components/schemas/ChatCompletionRequest/properties")
                .forEachEntry(
                        (name, field) -> schema.put(name, field.path("x-rule").asString()));

        assertThat(fields()).isEqualTo(schema);
    }

    /** Rules by field. */
    private static Map<String, String> fields() {
        return Table.under("Fields of the Chat Completions request").stream()
                .collect(Collectors.toMap(row -> Table.codes(row.getFirst()).getFirst(), row -> row.get(1)));
    }
}
