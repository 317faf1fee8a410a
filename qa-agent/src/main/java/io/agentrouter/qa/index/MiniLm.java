package io.agentrouter.qa.index;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/**
 * all-MiniLM-L6-v2 (quantized, 384 dimensions), run in this process. LangChain4j's own constructor takes a thread for
 * every core of the machine and an arena that never shrinks; in a container both are too much.
 */
public final class MiniLm implements Embedder {

    /** Changes when vectors of before can no longer be compared with those of now. */
    public static final String ID = "all-minilm-l6-v2-q";

    private final EmbeddingModel model;

    /** Out of the jars that it comes in. */
    public MiniLm() {
        this(null);
    }

    /** @param folder where its files are, or are put if they are missing; null for none */
    public MiniLm(@Nullable Path folder) {
        model = new Model(load(folder));
    }

    @Override
    public float[] embed(String text) {
        return model.embed(text).content().vector();
    }

    private static OnnxBertBiEncoder load(@Nullable Path folder) {
        // Else its tokenizer asks a cloud's metadata service for this machine's name, and tells its maker.
        System.setProperty("OPT_OUT_TRACKING", "true");
        try {
            Path model = folder == null ? null : ModelFiles.in(folder);
            return load(OrtEnvironment.getEnvironment(), model);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model cannot be loaded", e);
        }
    }

    private static OnnxBertBiEncoder load(OrtEnvironment environment, @Nullable Path model)
            throws IOException, OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                InputStream tokenizer = resource("-tokenizer.json")) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setCPUArenaAllocator(false);
            OrtSession session = model == null
                    ? environment.createSession(packed(), options)
                    : environment.createSession(model.toString(), options);
            return new OnnxBertBiEncoder(environment, session, tokenizer, PoolingMode.MEAN);
        }
    }

    private static byte[] packed() throws IOException {
        try (InputStream model = resource(".onnx")) {
            return model.readAllBytes();
        }
    }

    private static InputStream resource(String end) throws IOException {
        return new ClassPathResource(ID + end).getInputStream();
    }

    private static final class Model extends AbstractInProcessEmbeddingModel {

        private final OnnxBertBiEncoder encoder;

        Model(OnnxBertBiEncoder encoder) {
            super(Runnable::run);
            this.encoder = encoder;
        }

        @Override
        protected OnnxBertBiEncoder model() {
            return encoder;
        }
    }
}
