package io.agentrouter.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.Described;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of fields in docs/contract.md, which the agents' runtime keeps, and the request's schema say the same. */
class RequestFieldsTest {

    @Test
    void table_hasTheFieldsAndRulesOfTheSchema() {
        Map<String, String> table = Table.under("Fields of the Chat Completions request").stream()
                .collect(Collectors.toMap(row -> Table.codes(row.getFirst()).getFirst(), row -> row.get(1)));

        Map<String, String> schema = new HashMap<>();
        Described.API
                .at("/components/schemas/ChatCompletionRequest/properties")
                .forEachEntry(
                        (name, field) -> schema.put(name, field.path("x-rule").asString()));

        assertThat(table).isEqualTo(schema);
    }
}
