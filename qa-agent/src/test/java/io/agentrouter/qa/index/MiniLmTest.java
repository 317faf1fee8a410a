package io.agentrouter.qa.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.util.Ec2Utils;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiniLmTest {

    @TempDir
    private Path folder;

    @Test
    void folder_isFilledOnceAndReadFromThen() throws IOException {
        float[] vector = new MiniLm().embed("memory");
        assertThat(new MiniLm(folder).embed("memory")).isEqualTo(vector);
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(
                        "all-minilm-l6-v2-q.onnx", "libonnxruntime.so", "libonnxruntime4j_jni.so", "libtokenizers.so");

        Files.write(folder.resolve("all-minilm-l6-v2-q.onnx"), new byte[] {1});
        assertThatThrownBy(() -> new MiniLm(folder)).hasMessageContaining("cannot be loaded");
    }

    @Test
    void loading_tellsTheTokenizersMakerNothing() throws ReflectiveOperationException {
        // When it last did so in this JVM, which it does once a day.
        Field told = Ec2Utils.class.getDeclaredField("lastCheckIn");
        told.setAccessible(true);
        told.setLong(null, 0);

        assertThat(new MiniLm().embed("memory")).hasSize(384);

        assertThat(told.getLong(null)).isZero();
    }
}
