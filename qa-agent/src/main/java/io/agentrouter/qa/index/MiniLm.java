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
import org.springframework.core.io.ClassPathResource;

/**
 * all-MiniLM-L6-v2 (quantized, 384 dimensions), run in this process. LangChain4j's own constructor takes a thread for
 * every core of the machine and an arena that never shrinks; in a container both are too much.
 */
public final class MiniLm implements Embedder {

    /** Changes when vectors of before can no longer be compared with those of now. */
    public static final String ID = "all-minilm-l6-v2-q";

    private final EmbeddingModel model = new Model(load());

    @Override
    public float[] embed(String text) {
        return model.embed(text).content().vector();
    }

    private static OnnxBertBiEncoder load() {
        // Else its tokenizer asks a cloud's metadata service for this machine's name, and tells its maker.
        System.setProperty("OPT_OUT_TRACKING", "true");
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                InputStream model = resource(".onnx");
                InputStream tokenizer = resource("-tokenizer.json")) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setCPUArenaAllocator(false);
            OrtSession session = environment.createSession(model.readAllBytes(), options);
            return new OnnxBertBiEncoder(environment, session, tokenizer, PoolingMode.MEAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException("The embedding model cannot be loaded", e);
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
