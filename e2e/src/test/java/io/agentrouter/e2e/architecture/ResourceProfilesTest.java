package io.agentrouter.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway's catalog repeats what each agent's module says of itself; here the two are held together. */
class ResourceProfilesTest {

    private static final String PROFILE = "target/classes/META-INF/resource-profile.properties";

    @Test
    void catalog_hasExactlyTheAgentTypesThatHaveAModule() throws IOException {
        Set<String> modules = new TreeSet<>();
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.endsWith("-agent"))
                    .map(name -> name.substring(0, name.length() - "-agent".length()))
                    .forEach(modules::add);
        }

        Set<String> types = new TreeSet<>();
        catalog().fieldNames().forEachRemaining(types::add);
        assertThat(types).isEqualTo(modules);
    }

    @ParameterizedTest
    @ValueSource(strings = {"qa", "coding"})
    void catalog_repeatsTheModulesResourceProfile(String type) throws IOException {
        Properties profile = new Properties();
        try (InputStream in = Files.newInputStream(Path.of("..", type + "-agent", PROFILE))) {
            profile.load(in);
        }
        JsonNode resources = catalog().path(type).path("resources");

        assertThat(resources.path("memory").asText()).isEqualTo(profile.getProperty("memory"));
        assertThat(resources.path("cpu").asText()).isEqualTo(profile.getProperty("cpu"));
        assertThat(resources.path("slots").asText()).isEqualTo(profile.getProperty("slots"));
    }

    private static JsonNode catalog() throws IOException {
        return new ObjectMapper(new YAMLFactory())
                .readTree(
                        Path.of("../gateway/src/main/resources/application.yml").toFile())
                .path("router")
                .path("agents");
    }
}
