package io.agentrouter.runtime.face;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shapes of values in a request. */
final class Values {

    private static final int MOST_STOPS = 4;

    private Values() {}

    /** One of these JSON values; of none, nothing passes. */
    static Predicate<JsonNode> anyOf(String... json) {
        List<JsonNode> accepted =
                Arrays.stream(json).map(JsonMapper.shared()::readTree).toList();
        return node -> accepted.stream().anyMatch(value -> value.equals(Values::compare, node));
    }

    static Predicate<JsonNode> number(long least, long most) {
        return node ->
                number(node).filter(value -> isWithin(value, least, most)).isPresent();
    }

    /** As JSON Schema has it, a number without a fraction, {@code 1.0} among them. */
    static Predicate<JsonNode> integer(long least, long most) {
        return node -> number(node)
                .filter(value -> isWithin(value, least, most))
                .filter(value -> value.stripTrailingZeros().scale() <= 0)
                .isPresent();
    }

    /** Empty for what is no number, and for what is larger than numbers are here. */
    private static Optional<BigDecimal> number(JsonNode node) {
        return node.isNumber() ? node.decimalValueOpt() : Optional.empty();
    }

    private static boolean isWithin(BigDecimal value, long least, long most) {
        return value.compareTo(BigDecimal.valueOf(least)) >= 0 && value.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    /** 0 for equal values, numbers however they are written. */
    private static int compare(JsonNode one, JsonNode other) {
        return number(one)
                .flatMap(value -> number(other).map(value::compareTo))
                .orElseGet(() -> one.equals(other) ? 0 : 1);
    }

    static boolean isObjectOfStrings(JsonNode node) {
        return node.isObject() && node.valueStream().allMatch(JsonNode::isString);
    }

    static boolean isStop(JsonNode node) {
        return node.isString()
                || (node.isArray()
                        && node.size() <= MOST_STOPS
                        && node.valueStream().allMatch(JsonNode::isString));
    }

    static boolean isStreamOptions(JsonNode node) {
        return node.isObject() && node.valueStream().allMatch(value -> value.isBoolean() || value.isNull());
    }
}
