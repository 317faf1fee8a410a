package io.agentrouter.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Dependencies of the code under test from a proxy. */
@EnabledIf("io.agentrouter.sandbox.Machine#hasLandlock")
class ProxyTest {

    private final HttpServer proxy = start("a dependency");
    private final HttpServer other = start("a service");

    @Test
    void commandHasDependenciesFromTheConfiguredProxy_andReachesNoOtherServer() throws IOException {
        try (TestSandbox sandbox = TestSandbox.start(
                User.ordinary(),
                Map.of(),
                "sandbox.isolation=container",
                "sandbox.ports=" + proxy.getAddress().getPort(),
                "sandbox.environment.http_proxy=" + uri(proxy))) {
            sandbox.workspace("w");

            assertThat(fetch(sandbox, "")).contains("a dependency of http://repository.invalid/some.jar");
            assertThat(fetch(sandbox, "http_proxy=" + uri(other)))
                    .contains("Permission denied")
                    .doesNotContain("a service");
        }
    }

    /** As a package manager does, which takes the proxy from its environment. */
    private static String fetch(TestSandbox sandbox, String variable) {
        String program =
                "import urllib.request as http; print(http.urlopen('http://repository.invalid/some.jar').read())";
        return sandbox.client()
                .run("w", 20, "sh", "-c", variable + " python3 -c \"" + program + "\"")
                .path("output")
                .asString();
    }

    /** On a port below those that the kernel gives to servers, which commands may connect to. */
    private static HttpServer start(String what) {
        for (int port = 10_000; ; port++) {
            try {
                var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5);
                server.createContext("/", exchange -> answer(exchange, what));
                server.start();
                return server;
            } catch (BindException taken) {
                // the next one
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void answer(HttpExchange exchange, String what) throws IOException {
        byte[] body = (what + " of " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String uri(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        proxy.stop(0);
        other.stop(0);
    }
}
