package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratedContentTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n",
                "data: {\"choices\": [{\"delta\": {\"content\": \"a\"}}]}\n\n",
                "data: {\"choices\":[{\"delta\":{\"content\":\" \"}}]}\n\n",
                "data: {\"choices\":[{\"delta\":{\"content\":\"\\\"\"}}]}\n\n",
                "data: {\"choices\":[{\"delta\":{\"content\":\"\",\"reasoning_content\":\"a\"}}]}\n\n",
                "data: {\"choices\":[{\"delta\":{\"content\":null,\"tool_calls\":[{\"index\":0}]}}]}\n\n",
                "data: {\"choices\":[{\"delta\":{\"content\":\"\"}}]}\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n"
            })
    void pieceInWhichTheModelSpeaks(String piece) {
        assertThat(new GeneratedContent().isIn(bytes(piece))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "data: 1\n\n",
                "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n",
                "data: {\"choices\":[{\"delta\":{\"content\":null,\"reasoning_content\":\"\",\"tool_calls\":[]}}]}\n\n",
                "data: {\"choices\":[],\"usage\":{}}\n\n",
                "data: {\"name\":\"content\"}\n\n",
                "data: [DONE]\n\n"
            })
    void pieceInWhichItDoesNot(String piece) {
        assertThat(new GeneratedContent().isIn(bytes(piece))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"content\":\"',  'a\"}',            true",
        "'{\"con',           'tent\":\"a\"}',   true",
        "'{\"content\":\"',  '\"}',             false",
        "'{\"tool_cal',      'ls\":[{\"id\":',  true",
    })
    void eventThatIsCut(String first, String second, boolean speaks) {
        var content = new GeneratedContent();
        assertThat(content.isIn(bytes(first))).isFalse();
        assertThat(content.isIn(bytes(second))).isEqualTo(speaks);
    }

    /** As the wire gives it: not at the start of its buffer. */
    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer("xx" + text, StandardCharsets.UTF_8).skipBytes(2);
    }
}
