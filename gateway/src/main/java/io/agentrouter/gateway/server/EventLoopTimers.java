package io.agentrouter.gateway.server;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.internal.ThreadExecutorMap;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Limits on time that are set for every request and hardly ever reached: on the event loop that the request is on they cost neither
 * a lock nor another thread's waking, as Reactor's own timers do.
 */
public final class EventLoopTimers {

    private static final FastThreadLocal<Scheduler> CURRENT = new FastThreadLocal<>() {
        @Override
        protected Scheduler initialValue() {
            EventExecutor loop = ThreadExecutorMap.currentExecutor();
            return loop == null ? Schedulers.parallel() : Schedulers.fromExecutorService(loop);
        }
    };

    private EventLoopTimers() {}

    /** Those of the event loop that calls this; Reactor's own elsewhere. */
    public static Scheduler current() {
        return CURRENT.get();
    }
}
