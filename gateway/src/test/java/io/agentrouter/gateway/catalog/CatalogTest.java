package io.agentrouter.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.gateway.catalog.Catalog.Told;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogTest {

    private final Catalog catalog = TestTypes.catalog("qa");

    @Test
    void followerThatFails_keepsNoChangeFromTheCatalog_norFromOthers() {
        var heard = new AtomicReference<Collection<AgentType>>();
        catalog.follow(types -> {
            if (types.size() != 1) {
                throw new ArithmeticException("long overflow");
            }
        });
        catalog.follow(heard::set);

        tell("qa", "review");

        assertThat(catalog.types()).extracting(AgentType::name).containsExactly("qa", "review");
        assertThat(heard.get()).containsExactlyElementsOf(catalog.types());
    }

    private void tell(String... names) {
        Map<String, AgentType> types = TestTypes.catalog(names).types().stream()
                .collect(Collectors.toMap(AgentType::name, Function.identity()));
        catalog.tell(Catalog.Origin.CONFIGURATION, new Told(types, List.of()));
    }
}
