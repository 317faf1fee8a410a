package io.agentrouter.gateway.discovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The agent types as OpenAI SDKs list models. */
@RestController
class ModelsController {

    private final Catalog catalog;

    ModelsController(Catalog catalog) {
        this.catalog = catalog;
    }

    @GetMapping("/v1/models")
    ResponseEntity<Models> models() {
        return json(new Models("list", catalog.types().stream().map(Model::of).toList()));
    }

    @GetMapping("/v1/models/{type}")
    ResponseEntity<Model> model(@PathVariable String type) {
        return json(Model.of(catalog.get(type)));
    }

    private static <T> ResponseEntity<T> json(T body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    record Models(String object, List<Model> data) {}

    /** {@code created} is a required number to SDKs; a type has no such moment. */
    record Model(
            String id,
            String object,
            long created,
            @JsonProperty("owned_by") String ownedBy) {
        static Model of(AgentType type) {
            return new Model(type.name(), "model", 0, "agent-router");
        }
    }
}
