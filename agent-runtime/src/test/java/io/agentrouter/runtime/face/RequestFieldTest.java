package io.agentrouter.runtime.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.agentrouter.runtime.agent.AgentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RequestFieldTest {

    private static final Pattern NEUTRAL = Pattern.compile("`([^`]+)`");

    @Test
    void contract_holdsTheVeryTable() throws IOException {
        String table = Arrays.stream(RequestField.values())
                .map(field -> "| `%s` | %s | %s |\n"
                        .formatted(field.inJson(), field.rule().inWords(), field.accepted()))
                .collect(Collectors.joining("", "| field | rule | accepted |\n|---|---|---|\n", ""));

        assertThat(Files.readString(Path.of("../docs/contract.md"))).endsWith("\n\n" + table);
    }

    @ParameterizedTest
    @EnumSource
    void field_takesNullAndWhatTheTableSays(RequestField field) {
        assertThatCode(() -> check(field, "null")).doesNotThrowAnyException();
        for (String value : accepted(field)) {
            assertThatCode(() -> check(field, value)).as(value).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource
    void field_refusesEverythingElseByName(RequestField field) {
        for (String value : wrong(field)) {
            AgentException refusal = catchThrowableOfType(AgentException.class, () -> check(field, value));

            assertThat(refusal).as(value).isNotNull();
            assertThat(refusal.status()).isEqualTo(400);
            assertThat(refusal.param()).isEqualTo(field.inJson());
            assertThat(refusal.code())
                    .isEqualTo(field.rule() == Rule.REFUSED ? "unsupported_field" : "invalid_request");
        }
    }

    @Test
    void fieldThatIsInNoTable_isRefusedByName() {
        JsonNode request = JsonMapper.shared().readTree("{\"top_k\":1}");

        AgentException refusal = catchThrowableOfType(AgentException.class, () -> RequestField.check(request));

        assertThat(refusal.code()).isEqualTo("unsupported_field");
        assertThat(refusal.param()).isEqualTo("top_k");
    }

    private static void check(RequestField field, String value) {
        RequestField.check(JsonMapper.shared().readTree("{\"%s\":%s}".formatted(field.inJson(), value)));
    }

    private static List<String> accepted(RequestField field) {
        return switch (field) {
            case MESSAGES -> List.of("[{\"role\":\"user\",\"content\":\"Hi\"}]");
            case FREQUENCY_PENALTY, PRESENCE_PENALTY -> List.of("-2", "2.0");
            case TEMPERATURE -> List.of("0", "2");
            case TOP_P -> List.of("0", "0.5", "1");
            case MAX_COMPLETION_TOKENS, MAX_TOKENS -> List.of("1", "1.0", "1e5", "100000");
            case SEED -> List.of("-1", "-1.0", "9223372036854775807");
            case METADATA -> List.of("{\"conversation_id\":\"a\",\"more\":\"b\"}");
            case STOP -> List.of("\"END\"", "[\"a\",\"b\",\"c\",\"d\"]");
            case N -> List.of("1", "1.0");
            case TOP_LOGPROBS -> List.of("0", "0.0");
            case STREAM, PARALLEL_TOOL_CALLS -> List.of("true", "false");
            case STREAM_OPTIONS -> List.of("{\"include_usage\":true,\"include_obfuscation\":false}");
            case PREDICTION, PROMPT_CACHE_OPTIONS -> List.of("{}");
            default -> field.rule() == Rule.REFUSED ? neutral(field) : List.of("\"text\"");
        };
    }

    private static List<String> neutral(RequestField field) {
        return NEUTRAL.matcher(field.accepted())
                .results()
                .map(value -> value.group(1))
                .toList();
    }

    private static List<String> wrong(RequestField field) {
        return switch (field) {
            case MESSAGES -> List.of("7", "[]", "{}");
            case FREQUENCY_PENALTY, PRESENCE_PENALTY, TEMPERATURE ->
                List.of("\"1\"", "2.1", "-2.1", "1e400", "1" + "0".repeat(400));
            case TOP_P -> List.of("1.1", "-0.1");
            case MAX_COMPLETION_TOKENS, MAX_TOKENS ->
                List.of("0", "1.5", "\"1\"", "9223372036854775808", "1e30", "1e400");
            case N -> List.of("2", "0", "1.5", "\"1\"", "1e400");
            case STOP -> List.of("[\"a\",\"b\",\"c\",\"d\",\"e\"]", "[7]");
            case METADATA -> List.of("{\"conversation_id\":7}", "[]");
            default -> List.of("[7]", "{\"wrong\":7}").subList(0, takesObjects(field) ? 1 : 2);
        };
    }

    private static boolean takesObjects(RequestField field) {
        return field == RequestField.PREDICTION || field == RequestField.PROMPT_CACHE_OPTIONS;
    }
}
