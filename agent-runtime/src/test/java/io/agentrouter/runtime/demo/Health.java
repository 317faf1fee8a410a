package io.agentrouter.runtime.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks as a probe does. */
final class Health {

    private Health() {}

    static HttpResponse<String> get(Demo demo, String path) throws IOException, InterruptedException {
        return Chat.HTTP.send(request(demo, path), BodyHandlers.ofString());
    }

    /** Asked at the same time, other paths are answered at once. */
    static void assertDownInTime(Demo demo) throws Exception {
        long start = System.nanoTime();
        var asked = Chat.HTTP.sendAsync(request(demo, "/health"), BodyHandlers.ofString());
        for (int i = 0; i < 20; i++) {
            long alive = System.nanoTime();
            assertThat(get(demo, "/livez").statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - alive)).isLessThan(Duration.ofMillis(900));
        }
        HttpResponse<String> health = asked.get();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(health.body()).contains("\"redis\":\"down\"");
    }

    private static HttpRequest request(Demo demo, String path) {
        return HttpRequest.newBuilder(demo.uri(path)).build();
    }
}
