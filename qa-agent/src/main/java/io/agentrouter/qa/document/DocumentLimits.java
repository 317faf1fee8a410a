package io.agentrouter.qa.document;

import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much a folder may hold; what is beyond is skipped, and said so.
 *
 * @param maxFiles documents in the folder
 * @param maxDepth folders within folders
 * @param maxFileSize bytes of a Markdown, text or HTML document; reading one takes several times its size in memory
 * @param maxPdfSize bytes of a PDF document, which is read from its file a page at a time
 * @param maxCharacters text of one document
 * @param maxPassages passages of all documents
 * @param passageLength characters of one passage; the embedding model reads about 1,000
 * @param parseTimeout for one document
 */
public record DocumentLimits(
        @DefaultValue("2000") @Positive int maxFiles,
        @DefaultValue("32") @Positive int maxDepth,
        @DefaultValue("2MB") DataSize maxFileSize,
        @DefaultValue("32MB") DataSize maxPdfSize,
        @DefaultValue("2000000") @Positive int maxCharacters,
        @DefaultValue("20000") @Positive int maxPassages,
        @DefaultValue("800") @Positive int passageLength,
        @DefaultValue("30s") Duration parseTimeout) {

    /** The defaults above, for the index that is built with the module. */
    public static DocumentLimits defaults() {
        return new DocumentLimits(
                2000,
                32,
                DataSize.ofMegabytes(2),
                DataSize.ofMegabytes(32),
                2_000_000,
                20_000,
                800,
                Duration.ofSeconds(30));
    }
}
