package io.agentrouter.runtime.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Requests as a client without any SDK makes them. */
final class Chat {

    static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Chat() {}

    static HttpResponse<String> ask(Demo demo, String question) throws IOException, InterruptedException {
        return post(demo.uri("/v1/chat/completions"), body(question, ""));
    }

    static HttpResponse<String> stream(Demo demo, String question) throws IOException, InterruptedException {
        return post(
                demo.uri("/v1/chat/completions"),
                body(question, ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
    }

    static HttpResponse<String> post(URI uri, String body) throws IOException, InterruptedException {
        return HTTP.send(request(uri, body), BodyHandlers.ofString());
    }

    static HttpRequest request(URI uri, String body) {
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    static String body(String question, String more) {
        return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}"
                .formatted(question, more);
    }
}
