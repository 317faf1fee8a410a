package io.agentrouter.qa.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.qa.document.DocumentFolder;
import io.agentrouter.qa.document.DocumentLimits;
import io.agentrouter.qa.document.Listing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

class ShippedIndexTest {

    @Test
    void everyPassageOfTheProjectsDocumentation_hasItsVectorInTheJar() throws IOException {
        DocumentLimits limits = DocumentLimits.defaults();
        Listing documentation = new DocumentFolder(Path.of(".."), ShippedIndexBuilder.DOCUMENTATION, limits).list();
        List<String> embedded = new ArrayList<>();
        Embedder counting = text -> {
            embedded.add(text);
            return WatchedFolder.MINI_LM.embed(text);
        };

        try (PassageIndex shipped = ShippedIndex.open();
                ByteBuffersDirectory anew = new ByteBuffersDirectory()) {
            KnownPassages known = KnownPassages.of(List.of(), shipped);
            new FolderIndexer(counting, limits).index(documentation, anew, Map.of(), known);

            assertThat(embedded).isEmpty();
            try (PassageIndex whole = PassageIndex.open(anew)) {
                assertThat(whole.size()).isEqualTo(shipped.size()).isPositive();
            }
        }
    }
}
