package io.agentrouter.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;

/** A Redis of this instance alone, behind a random password. */
class Redis {

    private static final Memory MEMORY = Memory.parse("256Mi");

    private final int port;
    private final String password;

    Redis(int port) {
        this.port = port;
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        this.password = HexFormat.of().formatHex(random);
    }

    String url() {
        return "redis://:" + password + "@" + Ports.HOST + ":" + port;
    }

    /**
     * @param state a directory that only its owner reads: the configuration with the password stands there, and not in
     *     the command line, which everybody sees
     */
    Part part(Path state) {
        try {
            Path directory = Files.createDirectory(state.resolve("redis"));
            Path configuration = Files.writeString(directory.resolve("redis.conf"), configuration(directory));
            Path binary = ExecutableProvider.newJarResourceProvider(directory.toFile())
                    .get()
                    .toPath();
            return new Part(
                    "redis",
                    List.of(binary.toString(), configuration.toString()),
                    Map.of(),
                    MEMORY,
                    Probe.redis(Ports.address(port), password));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack Redis", e);
        }
    }

    private String configuration(Path directory) {
        return """
                bind %s
                port %d
                requirepass %s
                dir %s
                save ""
                appendonly no
                maxmemory 192mb
                maxmemory-policy noeviction
                """.formatted(Ports.HOST, port, password, directory);
    }
}
