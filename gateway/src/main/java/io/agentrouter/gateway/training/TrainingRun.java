package io.agentrouter.gateway.training;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;

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
        DisposableServer agent = TrainingAgent.start(URI.create(settings.getRequiredProperty("router.agents.qa.uri")));
        // The gateway's own kind of client: what is loaded here stays in the memory of each gateway.
        HttpClient client = HttpClient.create()
                .baseUrl("http://127.0.0.1:" + settings.getRequiredProperty("local.server.port"))
                .headers(headers -> headers.set("Content-Type", "application/json"));
        try {
            // One alone, since most of what can fail fails already there, with no others to break off.
            answer(client, WHOLE)
                    .thenMany(Flux.range(1, requests - 1))
                    .flatMap(i -> answer(client, i % 4 == 0 ? STREAMED : WHOLE), AT_A_TIME)
                    .blockLast(LONGEST);
        } finally {
            agent.disposeNow();
        }
        gateway.close();
    }

    private static Mono<String> answer(HttpClient client, String body) {
        return client.post()
                .uri("/v1/chat/completions")
                .send(ByteBufFlux.fromString(Mono.just(body)))
                .responseSingle((head, content) -> content.asString()
                        .defaultIfEmpty("")
                        .doOnNext(answer -> {
                            if (head.status().code() != 200) {
                                throw new IllegalStateException("A request was not answered: " + answer);
                            }
                        }));
    }
}
