package io.agentrouter.runtime.face;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shapes of values in a request. */
final class Values {

    private static final int MOST_STOPS = 4;

    private Values() {}

    /** Exactly one of these JSON texts; of none, nothing passes. */
    static Predicate<JsonNode> anyOf(String... json) {
        Set<JsonNode> accepted =
                Arrays.stream(json).map(JsonMapper.shared()::readTree).collect(Collectors.toSet());
        return accepted::contains;
    }

    static Predicate<JsonNode> number(double least, double most) {
        return node -> node.isNumber() && node.doubleValue() >= least && node.doubleValue() <= most;
    }

    static Predicate<JsonNode> integer(long least, long most) {
        return node -> node.isIntegralNumber()
                && node.canConvertToLong()
                && node.longValue() >= least
                && node.longValue() <= most;
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
