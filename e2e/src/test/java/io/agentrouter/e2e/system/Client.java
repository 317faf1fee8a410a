package io.agentrouter.e2e.system;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client as simple as curl, which takes no answer that is not described. */
public record Client(String url) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    public Answer get(String path) {
        return send("GET", path, "");
    }

    /** Posts JSON. */
    public Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /** Asks for a Chat Completion. */
    public Answer ask(Ask ask) {
        return post(ask.path(), ask.body(), ask.headers());
    }

    public Answer send(String method, String path, String body, String... headers) {
        HttpResponse<String> response = exchange(method, path, body, BodyHandlers.ofString(), headers);
        return Described.answer(method, path, new Answer(response.statusCode(), response.headers(), response.body()));
    }

    /** Asks for a Chat Completion whose answer is read piece by piece. */
    public OpenStream open(Ask ask) {
        HttpResponse<InputStream> response =
                exchange("POST", ask.path(), ask.body(), BodyHandlers.ofInputStream(), ask.headers());
        return new OpenStream(response.statusCode(), response.body());
    }

    private <T> HttpResponse<T> exchange(
            String method, String path, String body, HttpResponse.BodyHandler<T> handler, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(PATIENCE)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .setHeader("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return HTTP.send(request.build(), handler);
        } catch (IOException e) {
            throw new Broken(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The connection broke before the answer was whole. */
    public static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Broken(IOException cause) {
            super(cause);
        }
    }
}
