package io.agentrouter.runtime.face;

import io.agentrouter.runtime.agent.InputFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** An OpenAI file content part: {@code {"filename":"a.zip","file_data":"data:application/zip;base64,…"}}. */
final class FilePart {

    private FilePart() {}

    static InputFile read(JsonNode file, String at) {
        if (file.hasNonNull("file_id")) {
            throw Refusals.unsupported(at + ".file_id", "There is no file store: send the content as `file_data`.");
        }
        String data = file.path("file_data").asString("");
        String name = file.path("filename").asString("");
        if (data.isEmpty() || name.isBlank()) {
            throw Refusals.invalid(at, "`%s` needs `filename` and `file_data`.".formatted(at));
        }
        try {
            return new InputFile(name, decode(data));
        } catch (IllegalArgumentException e) {
            throw Refusals.invalid(
                    at + ".file_data", "`%s.file_data` must be base64, or a data URL with base64.".formatted(at));
        }
    }

    /** Without a copy of the text less its prefix, since a file may be most of the request. */
    private static byte[] decode(String data) {
        int start = data.startsWith("data:") ? data.indexOf(',') + 1 : 0;
        byte[] ascii = data.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer decoded = Base64.getDecoder().decode(ByteBuffer.wrap(ascii, start, ascii.length - start));
        byte[] content = new byte[decoded.remaining()];
        decoded.get(content);
        return content;
    }
}
