package io.agentrouter.gateway.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.agentrouter.gateway.TestGateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.gateway.handler.predicate.PathRoutePredicateFactory;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.RequestMappingInfoHandlerMapping;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiDocumentTest {

    private static TestGateway gateway;
    private static JsonNode document;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start();
        document = TestGateway.json(gateway.get("/openapi.json"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void document_isOpenApi31() {
        Map<String, String> meta = Stream.of("schema", "schema-base", "dialect", "meta")
                .collect(Collectors.toMap(name -> iri(name), OpenApiDocumentTest::metaSchema));
        SchemaRegistry registry =
                SchemaRegistry.withDefaultDialect(Dialects.getDraft202012(), all -> all.schemas(meta));
        assertThat(registry.getSchema(SchemaLocation.of(iri("schema-base"))).validate(document))
                .isEmpty();
    }

    @Test
    void version_isTheOneThatWasBuilt() throws IOException {
        String version = document.at("/info/version").asString();
        assertThat(Files.readString(Path.of("pom.xml")))
                .containsPattern("<artifactId>agent-router</artifactId>\\s+<version>" + Pattern.quote(version) + "<");
    }

    @Test
    void everyRouteIsDescribed_andNothingElse() {
        Set<String> described = new TreeSet<>();
        document.path("paths")
                .forEachEntry((path, item) -> item.propertyNames()
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        assertThat(described).isEqualTo(served());
    }

    @Test
    void everyComponent_isUsed() {
        String text = document.toString();
        for (String kind : Set.of("parameters", "headers", "requestBodies", "responses", "schemas")) {
            assertThat(document.at("/components/" + kind).propertyNames())
                    .allSatisfy(name -> assertThat(text).contains("\"#/components/" + kind + "/" + name + "\""));
        }
    }

    private static Set<String> served() {
        assertThat(gateway.context().getBeansOfType(RouterFunction.class)).isEmpty();
        Stream<String> answered =
                gateway.context().getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                        .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                        .flatMap(OpenApiDocumentTest::routes);
        Stream<String> forwarded = gateway.context()
                .getBean(RouteLocator.class)
                .getRoutes()
                .toStream()
                .flatMap(OpenApiDocumentTest::paths)
                .map(path -> "POST " + path);
        return Stream.concat(answered, forwarded).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> routes(RequestMappingInfo mapping) {
        return mapping.getPatternsCondition().getPatterns().stream()
                .flatMap(path ->
                        mapping.getMethodsCondition().getMethods().stream().map(method -> method + " " + path));
    }

    private static Stream<String> paths(Route route) {
        Stream.Builder<String> paths = Stream.builder();
        route.getPredicate().accept(predicate -> {
            if (predicate.getConfig() instanceof PathRoutePredicateFactory.Config config) {
                config.getPatterns().forEach(paths);
            }
        });
        return paths.build();
    }

    private static String iri(String name) {
        return "https://spec.openapis.org/oas/3.1/" + name + "/WORK-IN-PROGRESS";
    }

    private static String metaSchema(String name) {
        try (InputStream yaml = new ClassPathResource("oas-3.1/" + name + ".yaml").getInputStream()) {
            return JsonMapper.shared().writeValueAsString(new Yaml().<Object>load(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
