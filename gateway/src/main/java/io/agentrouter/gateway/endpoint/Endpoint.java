package io.agentrouter.gateway.endpoint;

import io.agentrouter.gateway.catalog.EjectionSettings;
import java.net.URI;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One pod's address, how full the pod is, and whether it is to be used. */
public final class Endpoint {

    private static final Logger log = LoggerFactory.getLogger(Endpoint.class);

    /** What becomes of an endpoint, for whoever looks after several. */
    interface Events {

        /** It may have more room than before. */
        void room();

        /** It is left out for a while. */
        void ejected();
    }

    private final Address address;
    private final Occupancy occupancy;
    private final Ejection ejection;
    private final WarmUp warmUp = new WarmUp();
    private final Events events;
    private final Sinks.Empty<Void> gone = Sinks.empty();

    /**
     * A pod that has said nothing yet.
     *
     * @param slots what it has for as long as it says nothing itself
     * @param events is told what becomes of it
     */
    Endpoint(Address address, int slots, EjectionSettings ejection, Events events) {
        this.address = address;
        this.occupancy = new Occupancy(slots);
        this.ejection = new Ejection(ejection);
        this.events = events;
    }

    /** Where it is reached, {@code http://address:port}. */
    public URI uri() {
        return address.uri();
    }

    /** Which pod it is. */
    public String pod() {
        return address.pod();
    }

    /** Runs of this gateway, begun here and not ended. */
    public int outstanding() {
        return occupancy.outstanding();
    }

    /** How many runs it carries at once. */
    public int slots() {
        return occupancy.slots();
    }

    /** It has so many slots for as long as its pod says nothing itself. */
    void assume(int slots) {
        occupancy.assume(slots);
    }

    /** How many more runs it would begin, as far as is known here: the pod itself has the last word. */
    public int free() {
        return occupancy.free();
    }

    /** Whether it is left out for now, since it failed several times in a row, unless too many others are out as well. */
    public boolean isOut() {
        return ejection.isOut();
    }

    /** Runs there, of all gateways. */
    int runs() {
        return occupancy.runs();
    }

    /** Its runs over its slots; a pod that has just come counts fewer slots until it has warmed up. */
    double load() {
        return occupancy.runs() / (Math.max(1, slots()) * warmUp.share());
    }

    /** It has just come, and is to get its full share only after this time. */
    void warmUp(Duration time) {
        warmUp.begin(time);
    }

    void worked() {
        ejection.worked();
    }

    void failed() {
        ejection.failed().ifPresent(time -> {
            log.warn("{} failed several times in a row and is left out for {}", this, time);
            events.ejected();
        });
    }

    void refused() {
        occupancy.refused();
    }

    void hear(Slots slots) {
        occupancy.hear(slots);
        events.room();
    }

    boolean hearNothing() {
        return occupancy.hearNothing();
    }

    boolean begin(int seen) {
        return occupancy.begin(seen);
    }

    void end() {
        occupancy.end();
        events.room();
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
