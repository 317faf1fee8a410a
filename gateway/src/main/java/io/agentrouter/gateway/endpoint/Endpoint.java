package io.agentrouter.gateway.endpoint;

import io.agentrouter.gateway.catalog.EjectionSettings;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One pod's address, how many runs this gateway has there, and what the pod says of its slots. */
public final class Endpoint {

    private static final Logger log = LoggerFactory.getLogger(Endpoint.class);

    /** What a pod that has just come gets of the load at least. */
    private static final double COLD = 0.1;

    private final Address address;
    private final int assumedSlots;
    private final Ejection ejection;
    private final AtomicInteger outstanding = new AtomicInteger();
    private final Sinks.Empty<Void> gone = Sinks.empty();
    private volatile @Nullable Said said;
    private volatile long warmSince = System.nanoTime();
    private volatile long warmingNanos;

    /**
     * What the pod said last.
     *
     * @param others runs there that are not this gateway's
     */
    private record Said(int slots, int others, boolean draining) {}

    /** Has so many slots for as long as the pod says nothing itself. */
    Endpoint(Address address, int assumedSlots, EjectionSettings ejection) {
        this.address = address;
        this.assumedSlots = assumedSlots;
        this.ejection = new Ejection(ejection);
    }

    /** Where it is reached, {@code http://address:port}. */
    public URI uri() {
        return address.uri();
    }

    /** Runs begun here and not ended. */
    public int outstanding() {
        return outstanding.get();
    }

    /** How many runs it carries at once. */
    public int slots() {
        Said now = said;
        return now == null ? assumedSlots : now.slots();
    }

    /** How many more runs it would begin, as far as is known here: the pod itself has the last word. */
    public int free() {
        Said now = said;
        return now != null && now.draining() ? 0 : Math.max(0, slots() - runs());
    }

    /** Whether it is left out for now, since it failed several times in a row, unless too many others are out as well. */
    public boolean isOut() {
        return ejection.isOut();
    }

    void worked() {
        ejection.worked();
    }

    void failed() {
        ejection.failed()
                .ifPresent(time -> log.warn("{} failed several times in a row and is left out for {}", this, time));
    }

    /** Its runs over its slots; a pod that has just come counts fewer slots until it has warmed up. */
    double load() {
        return runs() / (Math.max(1, slots()) * warmth());
    }

    private int runs() {
        Said now = said;
        return outstanding.get() + (now == null ? 0 : now.others());
    }

    private double warmth() {
        double warm = warmingNanos == 0 ? 1 : (double) (System.nanoTime() - warmSince) / warmingNanos;
        return Math.clamp(warm, COLD, 1);
    }

    /** It has just come, and is to get its full share only after this time. */
    void warmUp(Duration time) {
        warmSince = System.nanoTime();
        warmingNanos = time.toNanos();
    }

    /** Takes in what the pod says. What this gateway has begun and the pod has not seen yet is no other's. */
    void hear(Slots slots) {
        int used = slots.slots() - slots.free();
        said = new Said(slots.slots(), Math.max(0, used - outstanding.get()), slots.draining());
    }

    /**
     * The pod is not heard any more.
     *
     * @return whether it was before
     */
    boolean hearNothing() {
        boolean heard = said != null;
        said = null;
        return heard;
    }

    /** Counts one more run, unless the count is no longer the one that was seen. */
    boolean begin(int seen) {
        return outstanding.compareAndSet(seen, seen + 1);
    }

    void end() {
        outstanding.decrementAndGet();
    }

    /** Its pod is gone. */
    void leave() {
        gone.tryEmitEmpty();
    }

    /** Completes when its pod is gone. */
    Mono<Void> gone() {
        return gone.asMono();
    }

    @Override
    public String toString() {
        return address.pod() + " at " + address.uri().getAuthority();
    }
}
