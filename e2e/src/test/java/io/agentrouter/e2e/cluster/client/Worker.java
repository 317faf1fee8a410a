package io.agentrouter.e2e.cluster.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** One client of a plan. */
final class Worker implements Runnable {

    private final HttpClient http;
    private final String url;
    private final Plan plan;
    private final BooleanSupplier stopping;

    Worker(HttpClient http, String url, Plan plan, BooleanSupplier stopping) {
        this.http = http;
        this.url = url;
        this.plan = plan;
        this.stopping = stopping;
    }

    @Override
    public void run() {
        try {
            for (int i = 0; !stopping.getAsBoolean() && (plan.times() == 0 || i < plan.times()); i++) {
                ask();
                Thread.sleep(plan.pauseMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() throws InterruptedException {
        Exchange exchange = new Exchange(plan);
        try {
            HttpResponse<Stream<String>> response = http.send(request(), BodyHandlers.ofLines());
            exchange.head(response.statusCode());
            for (Iterator<String> lines = response.body().iterator(); lines.hasNext(); ) {
                exchange.line(lines.next());
            }
            exchange.end();
        } catch (IOException | UncheckedIOException e) {
            exchange.broken(e);
        }
    }

    private HttpRequest request() {
        String body = JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "model",
                        plan.type(),
                        "stream",
                        plan.stream(),
                        "messages",
                        List.of(Map.of("role", "user", "content", plan.prompt()))));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (!plan.conversation().isEmpty()) {
            request.header("X-Conversation-Id", plan.conversation());
        }
        return request.build();
    }
}
