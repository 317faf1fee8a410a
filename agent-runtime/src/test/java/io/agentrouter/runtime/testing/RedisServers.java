package io.agentrouter.runtime.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** Real Redis servers for tests, each on a free port of the loopback interface. */
public final class RedisServers {

    private RedisServers() {}

    /** Starts a Redis without persistence; the caller stops it. */
    public static RedisServer start() {
        return start(freePort());
    }

    /** Starts a Redis on a given port, for example the one that a stopped Redis had. */
    public static RedisServer start(int port) {
        try {
            RedisServer server = RedisServer.newRedisServer()
                    .port(port)
                    .setting("bind 127.0.0.1")
                    .setting("save \"\"")
                    .build();
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A TCP port that was free a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
