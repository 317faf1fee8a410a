package io.agentrouter.gateway.route.resolve;

import io.agentrouter.gateway.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads a body's top level in one pass, keeping nothing of the rest. */
public final class BodyScanner {

    private static final int MAX_DEPTH = 500;

    // Names are compared and forgotten: a table of them would only let clients fill it.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private BodyScanner() {}

    /**
     * Finds the facts that routing needs.
     *
     * @param body the whole body, UTF-8
     * @throws ProblemException {@code invalid_json} if it is anything but one JSON object
     */
    public static BodyFacts scan(ByteBuffer body) {
        try (JsonParser parser = parser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw notAnObject();
            }
            BodyFacts facts = topLevel(parser);
            if (parser.nextToken() != null) {
                throw notAnObject();
            }
            return facts;
        } catch (StreamConstraintsException beyond) {
            throw ProblemException.badRequest(
                    "invalid_json",
                    "The body's JSON is too deep (at most " + MAX_DEPTH
                            + " levels) or has an overlong name or number.");
        } catch (JacksonException | CharacterCodingException invalid) {
            throw notAnObject();
        }
    }

    /** Decoding here rather than in the parser, which guesses UTF-16 and 32 and checks no UTF-8 in what it skips. */
    private static JsonParser parser(ByteBuffer body) throws CharacterCodingException {
        CharBuffer text = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(body);
        return JSON.createParser(ObjectReadContext.empty(), text.array(), text.arrayOffset(), text.remaining());
    }

    private static BodyFacts topLevel(JsonParser parser) {
        List<Optional<String>> models = new ArrayList<>(1);
        boolean stream = false;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("model")) {
                models.add(value == JsonToken.VALUE_STRING ? Optional.of(parser.getString()) : Optional.empty());
            } else if (name.equals("stream")) {
                stream = value == JsonToken.VALUE_TRUE;
            }
            parser.skipChildren();
        }
        return new BodyFacts(models, stream);
    }

    private static ProblemException notAnObject() {
        return ProblemException.badRequest("invalid_json", "The body must be one JSON object in UTF-8.");
    }
}
