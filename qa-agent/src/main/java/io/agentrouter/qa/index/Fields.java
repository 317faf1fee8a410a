package io.agentrouter.qa.index;

import io.agentrouter.qa.document.Passage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The fields of a passage in the index. */
final class Fields {

    static final String SOURCE = "source";
    static final String HEADING = "heading";
    static final String TEXT = "text";
    static final String VECTOR = "vector";
    /** Digest of what was embedded, by which a later index finds the vector again. */
    static final String KEY = "key";

    private Fields() {}

    static String key(Passage passage) {
        return HexFormat.of().formatHex(sha256().digest(passage.withHeading().getBytes(StandardCharsets.UTF_8)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
