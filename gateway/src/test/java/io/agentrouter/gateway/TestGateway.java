package io.agentrouter.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole gateway on a port of its own, and a client for it. */
public final class TestGateway implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestGateway(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts it with properties such as {@code router.agents.qa.uri=http://127.0.0.1:1}, which go before what is usual here. */
    public static TestGateway start(String... properties) {
        Map<String, String> all = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(
                                "server.port=0",
                                "server.address=127.0.0.1",
                                "management.server.port=0",
                                "management.server.address=127.0.0.1",
                                "spring.main.banner-mode=off"),
                        Stream.of(properties))
                .map(property -> property.split("=", 2))
                .forEach(property -> all.put(property[0], property[1]));
        var application = new SpringApplication(GatewayApplication.class);
        application.setDefaultProperties(Map.of(
                // What only tests that end a gateway under load need to wait for.
                "router.clients.lame-duck", "0s",
                // Where agents fail on purpose, run after run.
                "router.endpoints.breaker.window", "1000",
                "router.endpoints.breaker.minimum-runs", "1000",
                // Scripts play one request after the other.
                "router.agents.qa.reports-slots", "false",
                "router.agents.coding.reports-slots", "false"));
        return new TestGateway(application.run(all.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new)));
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public URI uri(String pathAndQuery) {
        String port = Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
        return URI.create("http://127.0.0.1:" + port + pathAndQuery);
    }

    /** What Prometheus is told. */
    public String metrics() {
        String port = Objects.requireNonNull(context.getEnvironment().getProperty("local.management.port"));
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")))
                .body();
    }

    public HttpResponse<String> get(String pathAndQuery) {
        return send(pathAndQuery, HttpRequest.Builder::GET);
    }

    /** Sends a request to a path, finished by {@code finish}. */
    public HttpResponse<String> send(String pathAndQuery, UnaryOperator<HttpRequest.Builder> finish) {
        return send(finish.apply(HttpRequest.newBuilder(uri(pathAndQuery))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }
}
