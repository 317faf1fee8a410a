package io.agentrouter.qa.index;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The index that searches use now. A search that has begun ends on the index it began with. */
public final class LiveIndex implements Closeable {

    private final AtomicReference<@Nullable PassageIndex> current = new AtomicReference<>();

    /** Something done with an index. */
    @FunctionalInterface
    public interface Search<T> {
        T in(PassageIndex index) throws IOException;
    }

    /** Searches the present index; empty as long as there is none. */
    public <T> Optional<T> search(Search<T> search) throws IOException {
        PassageIndex index = acquire();
        if (index == null) {
            return Optional.empty();
        }
        try (index) {
            return Optional.of(search.in(index));
        }
    }

    /** Whether there is an index yet. */
    public boolean isReady() {
        return current.get() != null;
    }

    /** Puts a new index in place of the old one, which closes when its last search has ended. */
    public void replace(PassageIndex next) throws IOException {
        put(next);
    }

    @Override
    public void close() throws IOException {
        put(null);
    }

    private void put(@Nullable PassageIndex next) throws IOException {
        PassageIndex old = current.getAndSet(next);
        if (old != null) {
            old.close();
        }
    }

    private @Nullable PassageIndex acquire() {
        PassageIndex index = current.get();
        while (index != null && !index.retain()) {
            index = current.get();
        }
        return index;
    }
}
