package io.agentrouter.runtime.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key for the model's server: from a mounted file, else as configured. Its value goes nowhere but into a request. */
final class ApiKey {

    private static final Logger log = LoggerFactory.getLogger(ApiKey.class);
    private static final int MAX_BYTES = 4096;
    private static final Pattern USABLE = Pattern.compile("[\\x21-\\x7e]+");

    private final Optional<String> configured;
    private final @Nullable Path file;
    private volatile Optional<String> current = Optional.empty();

    ApiKey(ModelProperties properties) {
        this.configured = usable(properties.apiKey());
        this.file = properties.apiKeyFile();
        this.current = read();
    }

    /** The key that holds now, if there is one. Never blocks. */
    Optional<String> current() {
        return current;
    }

    /** Reads the file again. A mounted secret changes by a swap of symbolic links, which a watch on the file would miss. */
    void refresh() {
        Optional<String> read = read();
        if (!read.equals(current)) {
            log.info("The model key has {}", read.isPresent() ? "changed" : "gone");
            current = read;
        }
    }

    private Optional<String> read() {
        return file == null ? configured : readFile(file).or(() -> configured);
    }

    private static Optional<String> readFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                log.warn("model.api-key-file {} is ignored: it holds more than {} bytes", file, MAX_BYTES);
                return Optional.empty();
            }
            return usable(new String(bytes, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            log.warn(
                    "model.api-key-file {} cannot be read: {}",
                    file,
                    e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private static Optional<String> usable(String text) {
        String key = text.strip();
        if (key.isEmpty()) {
            return Optional.empty();
        }
        if (!USABLE.matcher(key).matches()) {
            log.warn("The model key is ignored: it holds characters that no HTTP header may hold");
            return Optional.empty();
        }
        return Optional.of(key);
    }
}
