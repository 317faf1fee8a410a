package io.agentrouter.e2e.system;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Gives tests the running system that their parameter names. It lives on from class to class, since a start takes half a
 * minute; and there is never more than one, since each takes the memory of a whole machine. A test that breaks it or ends
 * it leaves the next one a new one. When a test fails, the end of every part's log is shown.
 */
public final class SharedSystem implements ParameterResolver, TestWatcher {

    private static final Namespace NAMESPACE = Namespace.create(SharedSystem.class);

    /** The one that runs. */
    private static final class Holder implements AutoCloseable {
        private @Nullable RunningSystem current;

        private synchronized RunningSystem get(Class<?> kind) {
            RunningSystem running = current;
            if (running == null || !running.alive() || !kind.isInstance(running)) {
                close();
                running = kind == LiveSystem.class ? new LiveSystem() : new OfflineSystem();
                current = running;
            }
            return running;
        }

        @Override
        public synchronized void close() {
            RunningSystem running = current;
            current = null;
            if (running != null) {
                running.close();
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return RunningSystem.class.isAssignableFrom(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return holder(context).get(parameter.getParameter().getType());
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        RunningSystem running = holder(context).current;
        if (running != null) {
            System.err.println(context.getDisplayName() + " failed; the ends of the logs:\n" + running.logs());
        }
    }

    private static Holder holder(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Holder.class, key -> new Holder(), Holder.class);
    }
}
