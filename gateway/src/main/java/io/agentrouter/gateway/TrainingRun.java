package io.agentrouter.gateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * What the gateway does when it is started only for the JDK to learn which classes a start and a request need, and then to keep them ready
 * (JEP 483, 514): it sends itself a request, which goes all the way, since application-training.yml has it be its own agent, and ends.
 */
@Component
@Profile("training")
final class TrainingRun implements ApplicationListener<ApplicationReadyEvent> {

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        ConfigurableApplicationContext gateway = ready.getApplicationContext();
        String uri = "http://127.0.0.1:" + gateway.getEnvironment().getRequiredProperty("local.server.port");
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(HttpRequest.newBuilder(URI.create(uri + "/readyz")).build(), BodyHandlers.discarding());
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(uri + "/v1/chat/completions"))
                            .POST(BodyPublishers.ofString("{\"model\":\"qa\",\"messages\":[]}"))
                            .build(),
                    BodyHandlers.ofString());
            if (!answer.body().contains("depth_exceeded")) {
                throw new IllegalStateException("The request did not come back as its own agent's: " + answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException("The gateway cannot be asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gateway.close();
    }
}
