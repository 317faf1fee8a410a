package io.agentrouter.gateway.catalog;

import io.agentrouter.gateway.catalog.Catalog.Told;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** The types that are configured, those in the catalog's file above all: read at start, and again whenever that file changes. */
final class CatalogFile implements AutoCloseable {

    /** That of the largest ConfigMap. */
    private static final int MAX_SIZE = 1024 * 1024;

    private static final String KEYS = "router.agents.";

    private final Catalog catalog;
    private final Path file;
    private final TypeReader reader;
    private final Disposable checks;
    private byte @Nullable [] content; // null if it cannot be read
    private Map<String, AgentType> types;

    /**
     * Tells the catalog what the file says, from now on.
     *
     * @throws InvalidConfigurationPropertyValueException if it is wrong now
     */
    CatalogFile(Catalog catalog, Path file, CatalogSettings settings, TypeReader reader) {
        this.catalog = catalog;
        this.file = file;
        this.reader = reader;
        try {
            content = bytes();
            types = types(content);
        } catch (RuntimeException wrong) {
            throw new InvalidConfigurationPropertyValueException(
                    "router.catalog.file", file, String.join("; ", BindProblems.of(wrong)));
        }
        catalog.tell(Catalog.Origin.CONFIGURATION, new Told(types, List.of()));
        checks = Flux.interval(settings.checkInterval(), Schedulers.boundedElastic())
                .onBackpressureDrop()
                .subscribe(time -> check());
    }

    @Override
    public void close() {
        checks.dispose();
    }

    /** What is wrong leaves the types as they were. */
    private void check() {
        try {
            byte[] before = content;
            content = null;
            byte[] now = bytes();
            content = now;
            if (!Arrays.equals(now, before)) {
                types = types(now);
                catalog.tell(Catalog.Origin.CONFIGURATION, new Told(types, List.of()));
            }
        } catch (RuntimeException wrong) {
            List<String> problems = BindProblems.of(wrong).stream()
                    .map(problem -> file + ": " + problem)
                    .toList();
            catalog.tell(Catalog.Origin.CONFIGURATION, new Told(types, problems));
        }
    }

    /** Empty if it is not there: on Kubernetes its ConfigMap is optional. */
    private byte[] bytes() {
        try {
            if (!Files.exists(file)) {
                return new byte[0];
            }
            if (Files.size(file) > MAX_SIZE) {
                throw new IllegalArgumentException("it is larger than " + MAX_SIZE + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, AgentType> types(byte[] yaml) {
        try {
            List<PropertySource<?>> sources =
                    new YamlPropertySourceLoader().load(file.toString(), new ByteArrayResource(yaml));
            sources.stream()
                    .flatMap(CatalogFile::keys)
                    .filter(key -> !key.startsWith(KEYS))
                    .findFirst()
                    .ifPresent(other -> {
                        throw new IllegalArgumentException(other + " is not under " + KEYS + "<type>");
                    });
            return reader.configured(sources.stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> keys(PropertySource<?> source) {
        return Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames());
    }
}
