package io.agentrouter.gateway.endpoint;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** One pod's address, and how many runs this gateway has there. */
public final class Endpoint {

    private final Address address;
    private final AtomicInteger outstanding = new AtomicInteger();

    Endpoint(Address address) {
        this.address = address;
    }

    /** Where it is reached, {@code http://address:port}. */
    public URI uri() {
        return address.uri();
    }

    /** Runs begun here and not ended. */
    public int outstanding() {
        return outstanding.get();
    }

    /** Counts one more run, unless the count is no longer the one that was seen. */
    boolean begin(int seen) {
        return outstanding.compareAndSet(seen, seen + 1);
    }

    void end() {
        outstanding.decrementAndGet();
    }

    @Override
    public String toString() {
        return address.pod() + " at " + address.uri().getAuthority();
    }
}
