package io.agentrouter.gateway.kubernetes;

import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;

/** Some objects of the cluster. */
public final class Objects {

    private static final Logger log = LoggerFactory.getLogger(Objects.class);

    private Objects() {}

    /**
     * Hands all of them over as soon as they are known, and again whenever that changes. While the API server is away, what it
     * said last stands. Does not wait for any of it.
     *
     * @param what they are, for the log
     * @return ends it
     */
    public static <T> Disposable follow(String what, Informable<T> objects, Consumer<List<T>> all) {
        SharedIndexInformer<T> informer = objects.runnableInformer(0);
        informer.addEventHandler(
                new Changes<T>(() -> all.accept(informer.getStore().list())));
        informer.exceptionHandler((started, error) -> {
            log.warn("{} cannot be read, trying again: {}", what, error.getMessage());
            return true;
        });
        informer.start();
        return informer::stop;
    }

    /** Whatever happens to one of them, all of them are read again. */
    private record Changes<T>(Runnable read) implements ResourceEventHandler<T> {

        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            read.run();
        }

        @Override
        public void onAdd(T object) {
            read.run();
        }

        @Override
        public void onUpdate(T before, T object) {
            read.run();
        }

        @Override
        public void onDelete(T object, boolean unknown) {
            read.run();
        }
    }
}
