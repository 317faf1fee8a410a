package io.agentrouter.e2e.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.gateway.testing.ApiAnswer;
import io.agentrouter.gateway.testing.ApiDocument;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a test asks, the answer it gets is the one that the API's document describes. */
public final class Described {

    /** As the gateway serves it at {@code /openapi.json}. */
    public static final ApiDocument API = ApiDocument.parse(JsonMapper.shared()
            .writeValueAsString(new Yaml().<Object>load(Repository.read("gateway/src/main/resources/openapi.yml"))));

    private Described() {}

    static Answer answer(String method, String target, Answer answer) {
        assertThat(API.differences(new ApiAnswer(
                        method, target, answer.status(), answer.headers().map(), answer.body())))
                .as("%s %s is answered as described: %s", method, target, answer)
                .isEmpty();
        return answer;
    }

    static String event(String data) {
        assertThat(API.eventDifferences(data)).as("described: %s", data).isEmpty();
        return data;
    }
}
