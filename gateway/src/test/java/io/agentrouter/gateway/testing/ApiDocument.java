package io.agentrouter.gateway.testing;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API as {@code /openapi.json} describes it. Says in what an answer differs from its description. */
public final class ApiDocument {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String IRI = "urn:agent-router:openapi";
    private static final String STREAM = "text/event-stream";

    /** What HTTP itself says with any answer, so the document does not. */
    private static final Set<String> HTTP_HEADERS = Set.of(
            "cache-control", "connection", "content-length", "content-type", "date", "keep-alive", "transfer-encoding");

    private final JsonNode document;
    private final SchemaRegistry schemas;

    private ApiDocument(String json) {
        this.document = JSON.readTree(json);
        this.schemas =
                SchemaRegistry.withDialect(Dialects.getOpenApi31(), registry -> registry.schemas(Map.of(IRI, json)));
    }

    public static ApiDocument parse(String json) {
        return new ApiDocument(json);
    }

    /** In what an answer differs from what is described for its path, method and status; empty if in nothing. */
    public List<String> differences(ApiAnswer answer) {
        JsonNode response = response(answer);
        if (response.isMissingNode()) {
            return List.of(answer.method() + " " + answer.path() + " answers " + answer.status() + ", undescribed");
        }
        return Stream.concat(
                        headers(response.path("headers"), answer),
                        answer.method().equals("HEAD") ? Stream.of() : body(response.path("content"), answer))
                .toList();
    }

    /** In what the data of one event of a stream differs from its description. */
    public List<String> eventDifferences(String data) {
        JsonNode event = data.equals("[DONE]") ? JSON.valueToTree(data) : JSON.readTree(data);
        return schema("#/components/schemas/StreamEvent", event).toList();
    }

    /** In what a request's body differs from its description. */
    public List<String> requestDifferences(JsonNode body) {
        return schema("#/components/schemas/ChatCompletionRequest", body).toList();
    }

    /** The node at a JSON pointer. */
    public JsonNode at(String pointer) {
        return document.at(pointer);
    }

    private JsonNode response(ApiAnswer answer) {
        JsonNode item = document.path("paths").path(template(answer.path()));
        String method = answer.method().equals("HEAD") ? "get" : answer.method().toLowerCase(Locale.ROOT);
        if (item.has(method)) {
            return resolved(item.path(method).path("responses").path(Integer.toString(answer.status())));
        }
        int expected = item.isMissingNode() ? 404 : 405;
        String name = item.isMissingNode() ? "NotFound" : "MethodNotAllowed";
        return document.at("/components/responses/" + (answer.status() == expected ? name : ""));
    }

    /** The path of the document that this one is of, empty if of none. */
    private String template(String path) {
        return document.path("paths").propertyNames().stream()
                .sorted(Comparator.comparing(template -> template.contains("{")))
                .filter(template -> path.matches(template.replaceAll("\\{[^}]+}", "[^/]+")))
                .findFirst()
                .orElse("");
    }

    private Stream<String> headers(JsonNode described, ApiAnswer answer) {
        List<String> differences = new ArrayList<>();
        described.forEachEntry((name, reference) -> {
            JsonNode header = resolved(reference);
            List<String> values = answer.headers().getOrDefault(name, List.of());
            if (values.isEmpty() && header.path("required").asBoolean(false)) {
                differences.add("header " + name + " is missing");
            }
            values.stream()
                    .flatMap(value -> header(header.path("schema"), value))
                    .forEach(wrong -> differences.add("header " + name + ": " + wrong));
        });
        answer.headers().keySet().stream()
                .filter(name -> !HTTP_HEADERS.contains(name.toLowerCase(Locale.ROOT)))
                .filter(name -> described.propertyNames().stream().noneMatch(name::equalsIgnoreCase))
                .forEach(name -> differences.add("header " + name + " is undescribed"));
        return differences.stream();
    }

    private Stream<String> header(JsonNode schema, String value) {
        JsonNode node =
                schema.path("type").asString("").equals("integer") ? JSON.readTree(value) : JSON.valueToTree(value);
        return schema.has("$ref")
                ? schema(schema.path("$ref").asString(), node)
                : words(schemas.getSchema(schema).validate(node));
    }

    private Stream<String> body(JsonNode content, ApiAnswer answer) {
        String type = answer.mediaType();
        if (!content.has(type)) {
            return Stream.of("content type '" + type + "' is undescribed");
        }
        if (type.equals(STREAM)) {
            return answer.body()
                    .lines()
                    .filter(line -> line.startsWith("data: "))
                    .flatMap(line -> eventDifferences(line.substring("data: ".length())).stream());
        }
        return schema(content.path(type).path("schema").path("$ref").asString(), JSON.readTree(answer.body()));
    }

    private Stream<String> schema(String reference, JsonNode node) {
        return words(schemas.getSchema(SchemaLocation.of(IRI + reference)).validate(node));
    }

    private static Stream<String> words(List<Error> errors) {
        return errors.stream().map(Error::toString);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }
}
