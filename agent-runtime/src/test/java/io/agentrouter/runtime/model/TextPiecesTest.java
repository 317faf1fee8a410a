package io.agentrouter.runtime.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.test.StepVerifier;

class TextPiecesTest {

    private static final int REPEATS = 40_000;

    /** The pairs of surrogates stand at odd places too, and one half of a pair alone. */
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "€", "😀", "a😀", "\ud83d", "\ude00\ud83d"})
    void pieces_areTheWholeTextAndSmall(String part) {
        String text = part.repeat(REPEATS);
        TextPieces pieces = new TextPieces(text);
        var joined = new ByteArrayOutputStream();

        for (DataBuffer piece : pieces.all().toIterable()) {
            byte[] bytes = new byte[piece.readableByteCount()];
            piece.read(bytes);
            assertThat(bytes).hasSizeBetween(1, 32 << 10);
            joined.writeBytes(bytes);
        }

        assertThat(joined.toByteArray()).isEqualTo(text.getBytes(UTF_8)).hasSize((int) pieces.length());
    }

    @Test
    void piece_isMadeWhenItIsAskedFor() {
        List<DataBuffer> made = new ArrayList<>();
        StepVerifier.create(new TextPieces("a".repeat(REPEATS)).all().doOnNext(made::add), 0)
                .then(() -> assertThat(made).isEmpty())
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(made).hasSize(1))
                .thenCancel()
                .verify();
    }
}
