package io.agentrouter.runtime.face;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

class RequestJsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"aGVsbG8/Pz8/", "aGk=", "data:text/plain;base64,aGVsbG8/Pz8/", "data:;base64,"})
    void fileData_isDecoded(String data) {
        JsonNode json = read("{\"a\":[{\"n\":\"\u00e4\u20ac\",\"file_data\" : \"" + data + "\",\"b\":1}]}");

        byte[] expected = Base64.getDecoder().decode(data.substring(data.indexOf(',') + 1));
        assertThat(json.at("/a/0/file_data").binaryValue()).isEqualTo(expected);
        assertThat(json.at("/a/0/n").asString()).isEqualTo("\u00e4\u20ac");
        assertThat(json.at("/a/0/b").asInt()).isEqualTo(1);
    }

    @Test
    void escapedSlashes_areLeftToBeReadAsAString() {
        assertThat(read("{\"file_data\":\"aGVsbG8\\/Pz8\\/\"}")
                        .path("file_data")
                        .asString())
                .isEqualTo("aGVsbG8/Pz8/");
    }

    @Test
    void otherEncodings_areReadAsEver() {
        byte[] body = "{\"file_data\":\"aGk=\",\"a\":2}".getBytes(UTF_16BE);

        JsonNode json = RequestJson.read(body, body.length);

        assertThat(json.path("file_data").asString()).isEqualTo("aGk=");
        assertThat(json.path("a").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"?!\"", "\"data:text/plain\"", "\"\"", "7", "null", "{\"a\":1}"})
    void whatIsNoFile_staysWhatItIs(String value) {
        JsonNode data = read("{\"file_data\":" + value + "}").path("file_data");

        assertThat(data.isBinary()).isFalse();
        assertThat(data.isMissingNode()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":1,\"a\":2}", "{} {}", "{\"file_data\":\"aGk", "{\"file_data\":\"aGk=\"", "[1,", "tru"})
    void whatIsNoJson_isRefused(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(JacksonException.class);
    }

    @Test
    void largeFile_takesNoMoreThanItself() {
        byte[] file = new byte[8 << 20];
        new Random(1).nextBytes(file);
        byte[] body = ("{\"file_data\":\"" + Base64.getEncoder().encodeToString(file) + "\"}").getBytes(UTF_8);
        read("{\"file_data\":\"aGk=\"}"); // what is loaded once is no cost of a file
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        JsonNode json = RequestJson.read(body, body.length);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(file.length + (1 << 20));
        assertThat(json.path("file_data").binaryValue()).isEqualTo(file);
    }

    private static JsonNode read(String body) {
        byte[] bytes = body.getBytes(UTF_8);
        return RequestJson.read(bytes, bytes.length);
    }
}
