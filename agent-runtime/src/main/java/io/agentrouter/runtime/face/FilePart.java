package io.agentrouter.runtime.face;

import io.agentrouter.runtime.agent.InputFile;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** An OpenAI file content part: {@code {"filename":"a.zip","file_data":"data:application/zip;base64,…"}}. */
final class FilePart {

    private FilePart() {}

    static InputFile read(JsonNode file, String at) {
        if (file.hasNonNull("file_id")) {
            throw Refusals.unsupported(at + ".file_id", "There is no file store: send the content as `file_data`.");
        }
        JsonNode data = file.path("file_data");
        String name = file.path("filename").asString("");
        if ((!data.isBinary() && data.asString("").isEmpty()) || name.isBlank()) {
            throw Refusals.invalid(at, "`%s` needs `filename` and `file_data`.".formatted(at));
        }
        try {
            return new InputFile(name, data.isBinary() ? data.binaryValue() : decode(data.asString()));
        } catch (IllegalArgumentException e) {
            throw Refusals.invalid(
                    at + ".file_data", "`%s.file_data` must be base64, or a data URL with base64.".formatted(at));
        }
    }

    /** What {@link RequestJson} did not decode, being escaped. */
    private static byte[] decode(String data) {
        return Base64.getDecoder().decode(data.substring(data.startsWith("data:") ? data.indexOf(',') + 1 : 0));
    }
}
