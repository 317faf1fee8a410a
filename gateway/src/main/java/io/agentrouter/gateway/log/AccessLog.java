package io.agentrouter.gateway.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** One line of JSON for each request. */
@Component
public class AccessLog {

    private static final Logger log = LoggerFactory.getLogger("access");

    private final ObjectWriter json;

    AccessLog(JsonMapper json) {
        this.json = json.writerFor(AccessLine.class);
    }

    /** Writes a line, at a level of its own where it only says that a probe came by. */
    public void write(AccessLine line, boolean probe) {
        Level level = probe ? Level.DEBUG : Level.INFO;
        if (log.isEnabledForLevel(level)) {
            log.atLevel(level).log(json.writeValueAsString(line));
        }
    }
}
