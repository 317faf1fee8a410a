package io.agentrouter.coding.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTest {

    @ParameterizedTest
    @ValueSource(ints = {9, 10, 11, 12, 13, 14})
    void characterOfTwoUnits_isNotCutInHalf(int limit) {
        String text = "\ud83c\udf89".repeat(50);

        for (String clipped :
                new String[] {Clip.middle(text, limit), Clip.end(text, limit), Clip.end("x" + text, limit)}) {
            assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(clipped)).isTrue();
            assertThat(clipped.length()).isLessThan(limit + 40);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 30})
    void middle_saysHowMuchIsLeftOut(int limit) {
        assertThat(Clip.middle("a".repeat(40), limit)).contains("[… " + (40 - limit) + " characters left out …]");
    }
}
