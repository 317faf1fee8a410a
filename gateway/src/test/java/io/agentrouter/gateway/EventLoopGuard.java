package io.agentrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;

/** Fails the test class in whose time something blocked an event loop, or Netty found a buffer that was lost. Registered for all. */
public final class EventLoopGuard implements AfterAllCallback {

    // The buffer of a connection to Redis that was being made when the application stopped.
    private static final String OF_LETTUCE = "io.lettuce.core.protocol.CommandHandler.channelRegistered";

    private static final Queue<Throwable> FOUND = new ConcurrentLinkedQueue<>();

    static {
        Assertions.setMaxStackTraceElementsDisplayed(100);
        // Before Netty makes its detectors, which is when its first buffer is.
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new Detectors());
        // Netty's allocator waits a moment for a lock of its own when several threads make it grow at once.
        BlockHound.install(builder -> builder.allowBlockingCallsInside(
                        "io.netty.buffer.AdaptivePoolingAllocator", "allocate")
                .allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$Magazine", "free")
                // Reactor's timers wait a moment for the lock of their queue when they are cancelled, as when they are
                // made.
                .allowBlockingCallsInside("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "remove")
                // Reactor Netty starts the one thread that looks after all pools when it makes the first of them.
                .allowBlockingCallsInside("reactor.netty.resources.PoolMaintenanceScheduler", "schedule")
                // The breaker's lock, for the moment in which it goes over to trials.
                .allowBlockingCallsInside(
                        "io.github.resilience4j.circuitbreaker.internal.CircuitBreakerStateMachine$OpenState",
                        "toHalfOpenState")
                // The fake API server's own.
                .nonBlockingThreadPredicate(
                        loop -> thread -> loop.test(thread) && !thread.getName().startsWith("vert.x-"))
                .blockingMethodCallback(method -> {
                    var blocked = new BlockingOperationError(method);
                    FOUND.add(blocked);
                    throw blocked;
                }));
    }

    /** All that was found since this was asked last, with what the garbage collector finds now. */
    public static List<Throwable> found() {
        collectGarbage();
        // Lost buffers are reported when another one is made.
        ByteBufAllocator.DEFAULT.buffer(1).release();
        List<Throwable> found = List.copyOf(FOUND);
        FOUND.removeAll(found);
        return found;
    }

    private static void collectGarbage() {
        ReferenceQueue<Object> handedOver = new ReferenceQueue<>();
        Reference<Object> garbage = new WeakReference<>(new Object(), handedOver);
        System.gc();
        try {
            assertThat(handedOver.remove(10_000)).isSameAs(garbage);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(found()).isEmpty();
    }

    private static final class Detectors extends ResourceLeakDetectorFactory {
        @Override
        @SuppressWarnings("deprecation") // the one that Netty still asks to be implemented
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int sampling, long maxActive) {
            var detector = new ResourceLeakDetector<T>(resource, sampling);
            detector.setLeakListener((type, records) -> {
                if (!records.contains(OF_LETTUCE)) {
                    FOUND.add(new AssertionError("LEAK: " + type + records));
                }
            });
            return detector;
        }
    }
}
