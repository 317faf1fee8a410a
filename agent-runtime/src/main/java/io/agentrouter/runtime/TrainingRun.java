package io.agentrouter.runtime;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * What an agent does when it is started only for the JDK to learn which classes a start and a run need, and then to keep them ready
 * (JEP 483, 514): it asks itself for its health and for two answers, and ends.
 */
final class TrainingRun implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger log = LoggerFactory.getLogger(TrainingRun.class);
    private static final String CHAT = "/v1/chat/completions";
    private static final String QUESTION = "\"messages\":[{\"role\":\"user\",\"content\":\"How can you help?\"}]";

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        ConfigurableApplicationContext agent = ready.getApplicationContext();
        ConfigurableEnvironment settings = agent.getEnvironment();
        String uri = "http://127.0.0.1:" + settings.getRequiredProperty("local.server.port");
        try (TrainingRedis _ = TrainingRedis.on(settings.getProperty("spring.data.redis.port", Integer.class, 6379));
                HttpClient client = HttpClient.newHttpClient()) {
            int health = status(client, HttpRequest.newBuilder(URI.create(uri + "/health")));
            int whole = status(client, chat(uri, "{" + QUESTION + "}"));
            int streamed = status(client, chat(uri, "{\"stream\":true," + QUESTION + "}"));
            log.info("Training run: /health {}, answers {} and, streamed, {}", health, whole, streamed);
        } catch (IOException e) {
            throw new IllegalStateException("The training run broke off: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        agent.close();
    }

    private static HttpRequest.Builder chat(String uri, String body) {
        return HttpRequest.newBuilder(URI.create(uri + CHAT))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static int status(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
}
