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

    private static final String UNUSABLE = "The model key is ignored: it holds characters that no HTTP header may hold";

    private final @Nullable Path file;
    private final Optional<String> configured;
    private volatile Optional<String> current;
    private String complaint = "";

    ApiKey(ModelProperties properties) {
        this.file = properties.apiKeyFile();
        Reading configuration = Reading.of(properties.apiKey());
        complain(configuration.complaint());
        this.configured = configuration.key();
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
        if (file == null) {
            return configured;
        }
        Reading reading = readFile(file);
        complain(reading.complaint());
        return reading.key().or(() -> configured);
    }

    /** Once for each reason: the file is read every few seconds. */
    private void complain(String next) {
        if (!next.isEmpty() && !next.equals(complaint)) {
            log.warn(next);
        }
        complaint = next;
    }

    private static Reading readFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES
                    ? Reading.refused(
                            "model.api-key-file %s is ignored: it holds more than %d bytes".formatted(file, MAX_BYTES))
                    : Reading.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Reading.NOTHING;
        } catch (IOException e) {
            return Reading.refused("model.api-key-file %s cannot be read: %s"
                    .formatted(file, e.getClass().getSimpleName()));
        }
    }

    /** A key, or why there is none; neither if there is nothing to complain of. */
    private record Reading(Optional<String> key, String complaint) {

        static final Reading NOTHING = refused("");

        static Reading refused(String complaint) {
            return new Reading(Optional.empty(), complaint);
        }

        static Reading of(String text) {
            String key = text.strip();
            if (key.isEmpty()) {
                return NOTHING;
            }
            return USABLE.matcher(key).matches() ? new Reading(Optional.of(key), "") : refused(UNUSABLE);
        }
    }
}
