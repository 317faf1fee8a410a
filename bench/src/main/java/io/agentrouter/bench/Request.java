package io.agentrouter.bench;

import java.util.Map;

/** What all clients here ask. */
final class Request {

    static final String PATH = "/v1/chat/completions";

    static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/json", "Authorization", "Bearer sk-none");

    static final String BODY = "{\"model\":\"qa\",\"messages\":[{\"role\":\"user\",\"content\":\"How much memory?\"}]}";

    private Request() {}
}
