package io.agentrouter.gateway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds answers against the description notices what differs. */
class ApiDocumentTest {

    private static final ApiDocument API = ApiDocument.parse("""
            {"openapi": "3.1.1",
             "paths": {
               "/things": {"get": {"responses": {"200": {
                 "headers": {"X-Kept": {"required": true, "schema": {"type": "integer"}}},
                 "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}}}},
               "/things/{name}": {"get": {"responses": {"404": {"$ref": "#/components/responses/NotFound"}}}}},
             "components": {
               "responses": {
                 "NotFound": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
                 "MethodNotAllowed": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}}},
               "schemas": {
                 "StreamEvent": {"enum": ["[DONE]", {"n": 1}]},
                 "Thing": {"type": "object", "required": ["n"], "additionalProperties": false,
                   "properties": {"n": {"$ref": "#/components/schemas/Number"}}},
                 "Number": {"type": "integer"}}}}
            """);

    @Test
    void answerAsDescribed_differsInNothing() {
        assertThat(API.differences(answer("GET", "/things?q=1", 200, "{\"n\":1}", "X-Kept", "1")))
                .isEmpty();
        assertThat(API.differences(answer("GET", "/things/a%2Fb", 404, "{\"n\":1}")))
                .isEmpty();
        assertThat(API.differences(answer("GET", "/elsewhere", 404, "{\"n\":1}")))
                .isEmpty();
        assertThat(API.differences(answer("PUT", "/things", 405, "{\"n\":1}"))).isEmpty();
    }

    @Test
    void statusThatIsNotDescribed_isADifference() {
        assertThat(API.differences(answer("GET", "/things", 503, "{\"n\":1}"))).hasSize(1);
        assertThat(API.differences(answer("GET", "/elsewhere", 200, "{\"n\":1}")))
                .hasSize(1);
        assertThat(API.differences(answer("PUT", "/things", 200, "{\"n\":1}"))).hasSize(1);
    }

    @Test
    void bodyThatIsNotAsDescribed_isADifference() {
        for (String body : List.of("{\"n\":1,\"m\":2}", "{\"n\":\"1\"}", "{}", "[]")) {
            assertThat(API.differences(answer("GET", "/things", 200, body, "X-Kept", "1")))
                    .as(body)
                    .isNotEmpty();
        }
    }

    @Test
    void headers_missingWrongOrNotDescribed_areDifferences() {
        assertThat(API.differences(answer("GET", "/things", 200, "{\"n\":1}"))).hasSize(1);
        assertThat(API.differences(answer("GET", "/things", 200, "{\"n\":1}", "X-Kept", "1.5")))
                .hasSize(1);
        assertThat(API.differences(answer("GET", "/things", 200, "{\"n\":1}", "X-Kept", "1", "X-New", "1")))
                .hasSize(1);
    }

    @Test
    void events_areHeldAgainstTheirs() {
        assertThat(API.eventDifferences("[DONE]")).isEmpty();
        assertThat(API.eventDifferences("{\"n\":1}")).isEmpty();
        assertThat(API.eventDifferences("{\"n\":2}")).isNotEmpty();
    }

    private static ApiAnswer answer(String method, String target, int status, String body, String... headers) {
        var all = new HashMap<String, List<String>>(Map.of("content-type", List.of("application/json")));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], List.of(headers[i + 1]));
        }
        return new ApiAnswer(method, target, status, all, body);
    }
}
