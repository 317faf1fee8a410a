package io.agentrouter.qa.index;

import java.io.IOException;
import java.io.InputStream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The index of this project's own documentation that {@link ShippedIndexBuilder} put into the jar. */
public final class ShippedIndex {

    static final String FOLDER = "qa-index";

    private ShippedIndex() {}

    /** Opens it. It is small, so it is held in memory: nothing is unpacked and the file system may be read-only. */
    public static PassageIndex open() throws IOException {
        Directory memory = new ByteBuffersDirectory();
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath:/" + FOLDER + "/*")) {
            try (InputStream input = file.getInputStream();
                    IndexOutput output = memory.createOutput(file.getFilename(), IOContext.DEFAULT)) {
                byte[] bytes = input.readAllBytes();
                output.writeBytes(bytes, bytes.length);
            }
        }
        return PassageIndex.open(memory);
    }
}
