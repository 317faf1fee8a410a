package io.agentrouter.qa.index;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.util.Ec2Utils;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;

class MiniLmTest {

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
