package io.agentrouter.runtime.face;

import static io.agentrouter.runtime.face.Rule.HONOURED;
import static io.agentrouter.runtime.face.Rule.REFUSED;
import static io.agentrouter.runtime.face.Rule.WITHOUT_EFFECT;
import static io.agentrouter.runtime.face.Values.anyOf;
import static io.agentrouter.runtime.face.Values.integer;
import static io.agentrouter.runtime.face.Values.number;

import io.agentrouter.runtime.agent.AgentException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Every field of OpenAI's Chat Completions request, and what an agent does with it. This is the table in
 * docs/contract.md; a test holds the two together.
 * {@code null} counts as absent everywhere, as OpenAI has it.
 */
@SuppressWarnings("ImmutableEnumChecker") // the predicates are without state
enum RequestField {
    MESSAGES(HONOURED, "a non-empty array that ends with a `user` message", node -> node.isArray() && !node.isEmpty()),
    MODEL(
            HONOURED,
            "a string; names the agent type for the gateway, an agent uses the model it was configured with",
            JsonNode::isString),
    AUDIO(REFUSED, "nothing", anyOf()),
    FREQUENCY_PENALTY(HONOURED, "a number from -2 to 2", number(-2, 2)),
    FUNCTION_CALL(REFUSED, "`\"none\"`", anyOf("\"none\"")),
    FUNCTIONS(REFUSED, "`[]`", anyOf("[]")),
    LOGIT_BIAS(REFUSED, "`{}`", anyOf("{}")),
    LOGPROBS(REFUSED, "`false`", anyOf("false")),
    MAX_COMPLETION_TOKENS(
            HONOURED, "an integer from 1; bounds all model turns of the run in sum", integer(1, Long.MAX_VALUE)),
    MAX_TOKENS(HONOURED, "an integer from 1; the same, the smaller one counts", integer(1, Long.MAX_VALUE)),
    METADATA(
            HONOURED,
            "an object of strings; `conversation_id` continues a conversation, the rest has no effect",
            Values::isObjectOfStrings),
    MODALITIES(REFUSED, "`[\"text\"]`", anyOf("[\"text\"]")),
    MODERATION(REFUSED, "nothing", anyOf()),
    N(REFUSED, "`1`", anyOf("1")),
    PARALLEL_TOOL_CALLS(WITHOUT_EFFECT, "a boolean", JsonNode::isBoolean),
    PREDICTION(WITHOUT_EFFECT, "an object", JsonNode::isObject),
    PRESENCE_PENALTY(HONOURED, "a number from -2 to 2", number(-2, 2)),
    PROMPT_CACHE_KEY(WITHOUT_EFFECT, "a string", JsonNode::isString),
    PROMPT_CACHE_OPTIONS(WITHOUT_EFFECT, "an object", JsonNode::isObject),
    PROMPT_CACHE_RETENTION(WITHOUT_EFFECT, "a string", JsonNode::isString),
    REASONING_EFFORT(HONOURED, "a string", JsonNode::isString),
    RESPONSE_FORMAT(REFUSED, "`{\"type\":\"text\"}`", anyOf("{\"type\":\"text\"}")),
    SAFETY_IDENTIFIER(WITHOUT_EFFECT, "a string", JsonNode::isString),
    SEED(HONOURED, "an integer", integer(Long.MIN_VALUE, Long.MAX_VALUE)),
    SERVICE_TIER(WITHOUT_EFFECT, "a string", JsonNode::isString),
    STOP(HONOURED, "a string, or an array of at most 4; ends a model's text", Values::isStop),
    STORE(REFUSED, "`false`", anyOf("false")),
    STREAM(HONOURED, "a boolean", JsonNode::isBoolean),
    STREAM_OPTIONS(
            HONOURED,
            "an object; `include_usage` is honoured, `include_obfuscation` is without effect",
            Values::isStreamOptions),
    TEMPERATURE(HONOURED, "a number from 0 to 2", number(0, 2)),
    TOOL_CHOICE(REFUSED, "`\"none\"` or `\"auto\"`", anyOf("\"none\"", "\"auto\"")),
    TOOLS(REFUSED, "`[]`: an agent brings its own tools", anyOf("[]")),
    TOP_LOGPROBS(REFUSED, "`0`", anyOf("0")),
    TOP_P(HONOURED, "a number from 0 to 1", number(0, 1)),
    USER(WITHOUT_EFFECT, "a string", JsonNode::isString),
    VERBOSITY(WITHOUT_EFFECT, "a string", JsonNode::isString),
    WEB_SEARCH_OPTIONS(REFUSED, "nothing", anyOf());

    private static final Map<String, RequestField> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toMap(RequestField::inJson, Function.identity()));

    private final Rule rule;
    private final String accepted;
    private final Predicate<JsonNode> accepts;

    RequestField(Rule rule, String accepted, Predicate<JsonNode> accepts) {
        this.rule = rule;
        this.accepted = accepted;
        this.accepts = accepts;
    }

    /** Passes, or throws an {@link AgentException} that names the first field which is unknown, refused or wrong. */
    static void check(JsonNode request) {
        request.forEachEntry((name, value) -> {
            RequestField field = BY_NAME.get(name);
            if (field == null) {
                throw Refusals.unsupported(name, "This API has no field `%s`: leave it out.".formatted(name));
            }
            field.checkValue(value);
        });
    }

    private void checkValue(JsonNode value) {
        if (value.isNull() || accepts.test(value)) {
            return;
        }
        if (rule == REFUSED) {
            throw Refusals.unsupported(
                    inJson(), "Agents do not support `%s`: leave it out. Accepted: %s.".formatted(inJson(), accepted));
        }
        throw Refusals.invalid(inJson(), "`%s` must be %s.".formatted(inJson(), accepted));
    }

    String inJson() {
        return name().toLowerCase(Locale.ROOT);
    }

    Rule rule() {
        return rule;
    }

    /** What values pass. */
    String accepted() {
        return accepted;
    }
}
