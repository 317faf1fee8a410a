package io.agentrouter.bench;

import java.util.Map;

/** What all clients here ask. */
final class Request {

    static final String PATH = "/v1/chat/completions";

    /** Of the token that all send, by which the gateway knows its tenant. */
    static final String TOKEN_SHA256 = "8908b0f9ee65068bbda87c8487234937f8a5489af40dc0c0fe4385af7a7b89c0";

    static final Map<String, String> HEADERS =
            Map.of("Content-Type", "application/json", "Authorization", "Bearer sk-none");

    static final String BODY = "{\"model\":\"qa\",\"messages\":[{\"role\":\"user\",\"content\":\"How much memory?\"}]}";

    private Request() {}
}
