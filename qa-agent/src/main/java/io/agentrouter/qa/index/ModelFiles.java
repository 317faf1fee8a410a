package io.agentrouter.qa.index;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.core.io.ClassPathResource;

/**
 * The embedding model and the native code that runs it, as files of a folder on Linux. Out of their jars each start would inflate 54 MB of
 * them again, which takes a fifth of its time.
 */
final class ModelFiles {

    private static final boolean IS_ARM = System.getProperty("os.arch").equals("aarch64");
    private static final String ONNX = "ai/onnxruntime/native/linux-" + (IS_ARM ? "aarch64/" : "x64/");
    private static final String TOKENIZER = "native/lib/linux-" + (IS_ARM ? "aarch64" : "x86_64") + "/cpu/";

    private ModelFiles() {}

    /**
     * Puts into the folder what is not there yet, and has the libraries take their native code from there.
     *
     * @return the model
     */
    static Path in(Path folder) throws IOException {
        Files.createDirectories(folder);
        unpack(ONNX + "libonnxruntime.so", folder);
        unpack(ONNX + "libonnxruntime4j_jni.so", folder);
        System.setProperty("onnxruntime.native.path", folder.toString());
        System.setProperty(
                "RUST_LIBRARY_PATH",
                unpack(TOKENIZER + "libtokenizers.so", folder).toString());
        return unpack(MiniLm.ID + ".onnx", folder);
    }

    private static Path unpack(String resource, Path folder) throws IOException {
        Path file = folder.resolve(Path.of(resource).getFileName());
        if (!Files.exists(file)) {
            Path part = file.resolveSibling(file.getFileName() + ".part");
            try (InputStream packed = new ClassPathResource(resource).getInputStream()) {
                Files.copy(packed, part, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }
}
