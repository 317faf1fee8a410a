package io.agentrouter.runtime.face;

import java.nio.ByteBuffer;
import java.util.Base64;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request's JSON as a tree. The content of a file is decoded from the body's own bytes into a binary node: by way of a
 * string it would take six times its size, and it may be most of the largest body.
 */
final class RequestJson {

    private static final String FILE_DATA = "file_data";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final byte[] body;
    private final int length;
    private final JsonParser parser;

    private RequestJson(byte[] body, int length, JsonParser parser) {
        this.body = body;
        this.length = length;
        this.parser = parser;
    }

    /** Reads one value; a {@link tools.jackson.core.JacksonException} says where it is no JSON. */
    static JsonNode read(byte[] body, int length) {
        try (JsonParser parser = JSON.createParser(body, 0, length)) {
            parser.nextToken();
            JsonNode root = new RequestJson(body, length, parser).value();
            if (parser.nextToken() != null) {
                throw new StreamReadException(parser, "More than one value");
            }
            return root;
        }
    }

    private JsonNode value() {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case null -> NODES.missingNode();
            default -> parser.readValueAsTree();
        };
    }

    private ObjectNode object() {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            object.set(name, token == JsonToken.VALUE_STRING && name.equals(FILE_DATA) ? file() : value());
        }
        return object;
    }

    private ArrayNode array() {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
        }
        return array;
    }

    /** What is not base64 is left as an ordinary string, to be refused by whoever reads the request. */
    private JsonNode file() {
        int start = (int) parser.currentTokenLocation().getByteOffset() + 1;
        int end = closingQuote(start);
        int content = end < 0 ? end : afterPrefix(start, end);
        if (content < 0 || start == end) {
            return parser.readValueAsTree();
        }
        try {
            return NODES.binaryNode(decoded(content, end));
        } catch (IllegalArgumentException e) {
            return NODES.stringNode("not base64");
        }
    }

    /** -1 where a character is escaped, as some writers do with slashes, or the body is not in UTF-8. */
    private int closingQuote(int start) {
        if (start < 1 || body[start - 1] != '"') {
            return -1;
        }
        for (int i = start; i < length; i++) {
            if (body[i] == '\\' || body[i] == '"') {
                return body[i] == '"' ? i : -1;
            }
        }
        return -1;
    }

    private int afterPrefix(int start, int end) {
        byte[] prefix = {'d', 'a', 't', 'a', ':'};
        for (int i = 0; i < prefix.length; i++) {
            if (start + i >= end || body[start + i] != prefix[i]) {
                return start;
            }
        }
        for (int i = start; i < end; i++) {
            if (body[i] == ',') {
                return i + 1;
            }
        }
        return -1;
    }

    private byte[] decoded(int start, int end) {
        ByteBuffer content = Base64.getDecoder().decode(ByteBuffer.wrap(body, start, end - start));
        if (content.remaining() == content.array().length) {
            return content.array();
        }
        byte[] exact = new byte[content.remaining()];
        content.get(exact);
        return exact;
    }
}
