package io.agentrouter.gateway.route.body;

import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;

/** The body of a request: held when it is small, passed through when it is large. */
public sealed interface RequestBody permits HeldBody, PassingBody {

    /** In bytes; -1 while only its end will tell. */
    long length();

    /** The very bytes that came; a {@link reactor.core.publisher.Mono} if they are there. Each subscriber owns the buffers that it gets. */
    Publisher<ByteBuf> bytes();

    /** Whether all of it is still there to be sent. */
    boolean isWhole();

    /** Bytes that are held while the request waits; -1 if it cannot wait, since the client's sending has been met halfway. */
    long heldWhileWaiting();

    /** Whether more of it is wanted than its client has sent so far. */
    boolean isAwaited();

    /** Nothing will be sent again: gives back what is held for that. May be called more than once. */
    void release();

    /**
     * This body, held to a size.
     *
     * @return fails with {@code tooLarge} as soon as it proves larger, where its length is not known before
     * @throws RuntimeException {@code tooLarge}, if its length is known
     */
    RequestBody atMost(long bytes, Supplier<? extends RuntimeException> tooLarge);
}
