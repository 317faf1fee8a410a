package io.agentrouter.gateway.log;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.StringWriter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of JSON for each request, written by a thread of its own, as many at once as there are: a line costs a request neither a write nor
 * the waking of that thread, and whoever reads the lines slowly holds up no request. What does not fit in meanwhile is lost, and said to be.
 */
@Component
public final class AccessLog implements DisposableBean {

    /** Says at which level; the lines are for machines and go out without what Logback puts before what it writes. */
    private static final Logger access = LoggerFactory.getLogger("access");

    private static final Logger log = LoggerFactory.getLogger(AccessLog.class);

    private static final int MAX_WAITING = 8192;
    private static final int AT_ONCE = 256;
    private static final int INTERVAL_MILLIS = 100;
    private static final int LAST_WRITE_MILLIS = 1000;

    private final ObjectWriter json;
    private final boolean printed;
    // With a count of its own, since the JDK's bounded queues lock, and event loops never wait.
    private final Queue<AccessLine> lines = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder lost = new LongAdder();
    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("access-log").factory());
    private final Future<?> writes;

    AccessLog(JsonMapper json, Environment environment) {
        this.json = json.writerFor(AccessLine.class)
                .with(JsonWriteFeature.ESCAPE_NON_ASCII) // standard output encodes by locale
                .withRootValueSeparator("\n");
        this.printed = !environment.acceptsProfiles(Profiles.of("training"));
        this.writes = writer.scheduleWithFixedDelay(this::tryToWrite, INTERVAL_MILLIS, INTERVAL_MILLIS, MILLISECONDS);
    }

    /** Writes a line soon, at a level of its own where it only says that a probe came by. */
    public void write(AccessLine line, boolean probe) {
        boolean wanted = probe ? access.isDebugEnabled() : access.isInfoEnabled();
        if (!wanted) {
            return;
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            lost.increment();
        } else {
            lines.add(line);
        }
    }

    /** What is thrown would end the schedule, without a word. */
    private void tryToWrite() {
        try {
            writeAll();
        } catch (RuntimeException error) {
            log.error("Lines of the access log are lost", error);
        }
    }

    private void writeAll() {
        while (!lines.isEmpty()) {
            String some = next();
            if (printed) {
                System.out.println(some);
            }
        }
        long missing = lost.sumThenReset();
        if (missing > 0) {
            log.warn("{} lines of the access log are lost: whatever reads it is too slow", missing);
        }
    }

    /** Some lines as one text, by one writer, since each would bring buffers of its own. */
    private String next() {
        var text = new StringWriter();
        try (SequenceWriter some = json.writeValues(text)) {
            AccessLine line;
            for (int count = 0; count < AT_ONCE && (line = lines.poll()) != null; count++) {
                waiting.decrementAndGet();
                some.write(line);
            }
        }
        return text.toString();
    }

    /** Writes what waits, unless whoever reads it takes too long. */
    @Override
    public void destroy() throws InterruptedException {
        writes.cancel(false);
        writer.execute(this::writeAll);
        writer.shutdown();
        if (!writer.awaitTermination(LAST_WRITE_MILLIS, MILLISECONDS)) {
            log.warn("The last lines of the access log are lost: whatever reads it is too slow");
        }
    }
}
