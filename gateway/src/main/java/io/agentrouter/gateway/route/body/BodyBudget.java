package io.agentrouter.gateway.route.body;

import io.agentrouter.gateway.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** The bound on all bodies that are held at once. */
public final class BodyBudget {

    private final long limit;
    private final AtomicLong held = new AtomicLong();

    public BodyBudget(DataSize limit) {
        this.limit = limit.toBytes();
    }

    /** Bytes held now. */
    public long held() {
        return held.get();
    }

    /**
     * Sets bytes apart for one body, which its owner must give back.
     *
     * @throws ProblemException {@code buffers_full} if the bound would be passed
     */
    Reservation reserve(long bytes) {
        if (held.addAndGet(bytes) > limit) {
            held.addAndGet(-bytes);
            throw ProblemException.refused(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "buffers_full",
                    Duration.ofSeconds(1),
                    "The gateway holds as many request bodies as it may; try again.");
        }
        return new Reservation(bytes);
    }

    /** Bytes set apart for one body. */
    final class Reservation {

        private final AtomicLong bytes;

        private Reservation(long bytes) {
            this.bytes = new AtomicLong(bytes);
        }

        /** Keeps only what the body turned out to need, unless everything was given back already. */
        void shrinkTo(long needed) {
            long before = bytes.getAndUpdate(now -> Math.min(now, needed));
            held.addAndGet(Math.min(before, needed) - before);
        }

        /** Gives everything back, once. */
        void release() {
            held.addAndGet(-bytes.getAndSet(0));
        }
    }
}
