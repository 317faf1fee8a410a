package io.agentrouter.gateway.discovery;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** The whole API as an OpenAPI 3.1 document: written by hand in YAML, served as JSON. */
@RestController
class OpenApiController {

    private final byte[] document;

    OpenApiController(JsonMapper json) throws IOException {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try (InputStream yaml = new ClassPathResource("openapi.yml").getInputStream()) {
            Object tree = new Yaml(new SafeConstructor(options)).load(yaml);
            document = json.writeValueAsBytes(tree);
        }
    }

    @GetMapping("/openapi.json")
    ResponseEntity<byte[]> openapi() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
    }
}
