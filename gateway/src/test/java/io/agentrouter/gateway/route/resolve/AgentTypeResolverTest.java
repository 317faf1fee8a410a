package io.agentrouter.gateway.route.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.catalog.TestTypes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentTypeResolverTest {

    private final AgentTypeResolver resolver = new AgentTypeResolver(catalog("qa", "coding"));

    @Test
    void pathNamesIt() {
        assertThat(resolver.fromHead("/agents/qa/v1/chat/completions", null, List.of()))
                .map(AgentType::name)
                .contains("qa");
    }

    @Test
    void pathAndHeaderDisagree_namesBoth() {
        assertThatThrownBy(() -> resolver.fromHead("/agents/qa/v1/chat/completions", null, List.of("coding")))
                .hasMessageContainingAll(
                        "agent_type_conflict", "the path ('qa')", "the header X-Agent-Type ('coding')");
    }

    @Test
    void modelWithModelName_routesByItsFirstPart() {
        var body = "{\"messages\":[{\"model\":\"coding\"}],\"model\":\"qa/gpt-4o\"}";
        assertThat(resolver.fromBody(BodyScanner.scan(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8))))
                        .name())
                .isEqualTo("qa");
    }

    static Catalog catalog(String... names) {
        return TestTypes.catalog(names);
    }
}
