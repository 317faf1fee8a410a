package io.agentrouter.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentrouter.runtime.agent.RunInput.ModelMode;
import io.agentrouter.runtime.testing.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ApiKeyTest {

    @TempDir
    Path secrets;

    @Test
    void keyFile_goesBeforeTheConfiguredKeyAndIsStripped() throws IOException {
        assertThat(key(Files.writeString(secrets.resolve("key"), "sk-mounted\n"))
                        .current())
                .contains("sk-mounted");
    }

    @Test
    void keyFileThatIsMissing_leavesTheConfiguredKey() {
        assertThat(key(secrets.resolve("absent")).current()).contains(ModelUnderTest.KEY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "two words", "über"})
    void unusableKey_countsAsMissing(String key) {
        assertThat(new ApiKey(ModelUnderTest.properties("http://localhost/v1", "api-key", key)).current())
                .isEmpty();
    }

    @Test
    void keyFileBeyondTheBound_countsAsMissing(CapturedOutput output) throws IOException {
        Path file = Files.writeString(secrets.resolve("key"), "k".repeat(5000));
        assertThat(key(file).current()).contains(ModelUnderTest.KEY);
        assertThat(output).contains("model.api-key-file").doesNotContain("kkkk");
    }

    @Test
    void keyFileThatStaysUnusable_isComplainedOfOnceForEachReason(CapturedOutput output) throws IOException {
        Path file = Files.writeString(secrets.resolve("key"), "two words");
        ApiKey key = key(file);
        key.refresh();
        key.refresh();
        assertThat(output.getAll().lines().filter(line -> line.contains("WARN")))
                .hasSize(1);

        Files.writeString(file, "k".repeat(5000));
        key.refresh();
        key.refresh();
        assertThat(output.getAll().lines().filter(line -> line.contains("WARN")))
                .hasSize(2)
                .last()
                .asString()
                .contains("4096");
    }

    @Test
    void keyFileThatIsUnusableOnceMore_isComplainedOfOnceMore(CapturedOutput output) throws IOException {
        Path file = Files.writeString(secrets.resolve("key"), "two words");
        ApiKey key = key(file);
        Files.writeString(file, "sk-usable");
        key.refresh();
        Files.writeString(file, "two words");
        key.refresh();
        assertThat(output.getAll().lines().filter(line -> line.contains("WARN")))
                .hasSize(2);
    }

    @Test
    void secretSwappedAsKubernetesDoesIt_isReadAgain() throws IOException {
        Path link = mount("sk-first");
        try (ModelUnderTest model = new ModelUnderTest("api-key-file", link.toString())) {
            model.answer("Hi");
            assertThat(model.server.lastCall().header("Authorization")).contains("Bearer sk-first");
            mount("sk-second");
            model.key.refresh();
            model.answer("Hi");
            assertThat(model.server.lastCall().header("Authorization")).contains("Bearer sk-second");
        }
    }

    @Test
    void withoutKey_theModelIsOffline() {
        try (ModelUnderTest model = new ModelUnderTest("api-key", "")) {
            assertThat(model.model().mode()).isEqualTo(ModelMode.OFFLINE);
        }
    }

    @Test
    void withoutTheRequiredKey_runsAreRefusedAndNothingIsSent() {
        try (ModelUnderTest model = new ModelUnderTest("api-key", "", "required", "true")) {
            model.server.next(Script.text("never"));
            assertThatThrownBy(model.model()::mode).hasMessageContaining("OPENAI_API_KEY");
            assertThatThrownBy(() -> model.answer("Hi")).hasStackTraceContaining("OPENAI_API_KEY");
            assertThat(model.server.calls()).isEmpty();
        }
    }

    private static ApiKey key(Path file) {
        return new ApiKey(ModelUnderTest.properties("http://localhost/v1", "api-key-file", file.toString()));
    }

    /** A new directory of data, and an atomic swap of the link that leads to it. */
    private Path mount(String key) throws IOException {
        Path data = Files.createTempDirectory(secrets, "..data_");
        Files.writeString(data.resolve("openai-api-key"), key);
        Path next = Files.createSymbolicLink(secrets.resolve("..data_tmp"), data);
        Files.move(
                next, secrets.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path link = secrets.resolve("openai-api-key");
        return Files.exists(link) ? link : Files.createSymbolicLink(link, Path.of("..data/openai-api-key"));
    }
}
