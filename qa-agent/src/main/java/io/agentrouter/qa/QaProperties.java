package io.agentrouter.qa;

import io.agentrouter.qa.document.DocumentLimits;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The Q&A agent's own settings.
 *
 * @param documents the folder to answer from; without it, this project's own documentation
 * @param modelFolder where the embedding model and its native code lie as files, and are put if they are missing, for one version of the
 *     agent; without it, they are taken out of their jars at each start
 * @param poll how often the folder is looked at for changes; a network file system tells nobody of them
 * @param passages how many passages an answer may rest on
 * @param embedders how many embeddings are worked out at once, each on a thread with memory of its own
 * @param limits how much the folder may hold
 */
@Validated
@ConfigurationProperties("qa")
record QaProperties(
        @Nullable Path documents,
        @Nullable Path modelFolder,

        @DefaultValue("5s") @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration poll,

        @DefaultValue("6") @Positive int passages,
        @DefaultValue("2") @Positive int embedders,
        @DefaultValue @Valid DocumentLimits limits) {

    QaProperties {
        documents = orNull(documents);
        modelFolder = orNull(modelFolder);
    }

    private static @Nullable Path orNull(@Nullable Path path) {
        return path == null || path.toString().isEmpty() ? null : path;
    }

    @AssertTrue(message = "qa.documents must name a folder that exists and can be read")
    boolean isDocumentsUsable() {
        return documents == null || (Files.isDirectory(documents) && Files.isReadable(documents));
    }
}
