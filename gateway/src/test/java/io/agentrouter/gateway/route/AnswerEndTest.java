package io.agentrouter.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerEndTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: [DONE]\n\n",
                "data:[DONE]\n\n",
                "data: [DONE]\r\n\r\n",
                "data: {\"choices\":[]}\n\ndata: [DONE]\n\n",
                ": well\n\ndata: [DONE]\n\n"
            })
    void streamOfEvents_whoseLastCame(String piece) {
        assertThat(new AnswerEnd(-1, true).isIn(bytes(piece))).isTrue();
        assertThat(new AnswerEnd(-1, false).isIn(bytes(piece))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "]",
                "data: []\n\n",
                "data: [DONE",
                "data: {\"content\":\"data: [DONE]\"}\n\n",
                "data: it says data: [DONE]\n\n",
                "data: [DONE]\n\ndata: {}\n\n"
            })
    void streamOfEvents_thatGoesOn(String piece) {
        assertThat(new AnswerEnd(-1, true).isIn(bytes(piece))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "data: [DO,              'NE]\n\n',         true",
        "': well\n\nd',          'ata: [DONE]\n\n',  true",
        "'data: [DONE]',         '\n\n',            true",
        "data: it says,          ' data: [DONE]\n\n', false",
        "data: it is a long way, data: [DONE],      false",
    })
    void streamOfEvents_thatIsCutInAnEvent(String first, String second, boolean last) {
        var end = new AnswerEnd(-1, true);
        end.isIn(bytes(first));
        assertThat(end.isIn(bytes(second))).isEqualTo(last);
    }

    @Test
    void answerOfAnnouncedLength() {
        var end = new AnswerEnd(5, false);
        assertThat(end.isIn(bytes("{\"a"))).isFalse();
        assertThat(end.isIn(bytes("\"}"))).isTrue();
    }

    /** As the wire gives it: not at the start of its buffer. */
    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer("xx" + text, StandardCharsets.UTF_8).skipBytes(2);
    }
}
