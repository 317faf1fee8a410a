package io.agentrouter.e2e.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream of which only as much is read as a test asks for. */
public final class OpenStream implements AutoCloseable {

    private static final String DATA = "data: ";

    private final int status;
    private final BufferedReader lines;

    OpenStream(int status, InputStream body) {
        this.status = status;
        this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    public int status() {
        return status;
    }

    /** Reads on until a chunk's text contains a word. */
    public OpenStream awaitText(String word) {
        for (String event = next(); !event.isEmpty(); event = next()) {
            if (textOf(event).contains(word)) {
                return this;
            }
        }
        throw new AssertionError("the stream ended without " + word);
    }

    /** The rest of the events, until the stream ends. */
    public List<String> rest() {
        List<String> events = new ArrayList<>();
        for (String event = next(); !event.isEmpty(); event = next()) {
            events.add(event);
        }
        return events;
    }

    /** The data of the next event, empty at the end. */
    public String next() {
        try {
            String line = lines.readLine();
            while (line != null && !line.startsWith(DATA)) {
                line = lines.readLine();
            }
            return line == null ? "" : Described.event(line.substring(DATA.length()));
        } catch (IOException e) {
            throw new Client.Broken(e);
        }
    }

    private static String textOf(String event) {
        JsonNode chunk = event.startsWith("{") ? JsonMapper.shared().readTree(event) : null;
        return chunk == null ? "" : chunk.at("/choices/0/delta/content").asString("");
    }

    /** Leaves, whatever is still to come. */
    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new Client.Broken(e);
        }
    }
}
