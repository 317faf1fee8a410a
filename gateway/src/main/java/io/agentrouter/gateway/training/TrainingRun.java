package io.agentrouter.gateway.training;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;

/**
 * What the gateway does when it is started only for the JDK to learn which classes a start and a request need, and what the code of requests
 * does again and again, and then to keep both ready (JEP 483, 514, 515): it answers itself some thousand requests, and ends.
 */
@Component
@Profile("training")
final class TrainingRun implements ApplicationListener<ApplicationReadyEvent> {

    private static final String MESSAGES = "\"model\":\"qa\",\"messages\":[{\"role\":\"user\",\"content\":\"?\"}]";
    private static final String WHOLE = "{" + MESSAGES + "}";
    private static final String STREAMED = "{" + MESSAGES + ",\"stream\":true}";

    /** A client with fewer would not have the gateway at work all the time, one with more learns no more. */
    private static final int AT_A_TIME = 32;

    private static final Duration LONGEST = Duration.ofMinutes(10);

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        ConfigurableApplicationContext gateway = ready.getApplicationContext();
        ConfigurableEnvironment settings = gateway.getEnvironment();
        int requests = settings.getRequiredProperty("training.requests", Integer.class);
        URI uri = URI.create("http://127.0.0.1:" + settings.getRequiredProperty("local.server.port"));
        DisposableServer agent = TrainingAgent.start(URI.create(settings.getRequiredProperty("router.agents.qa.uri")));
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            Flux.range(0, requests)
                    .flatMap(i -> answer(client, uri, i % 4 == 0 ? STREAMED : WHOLE), AT_A_TIME)
                    .blockLast(LONGEST);
        } finally {
            agent.disposeNow();
        }
        gateway.close();
    }

    private static Mono<HttpResponse<String>> answer(HttpClient client, URI gateway, String body) {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return Mono.fromFuture(() -> client.sendAsync(request, BodyHandlers.ofString()))
                .doOnNext(answer -> {
                    if (answer.statusCode() != 200) {
                        throw new IllegalStateException("A request was not answered: " + answer.body());
                    }
                });
    }
}
