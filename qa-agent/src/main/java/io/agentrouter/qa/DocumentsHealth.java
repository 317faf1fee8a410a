package io.agentrouter.qa;

import io.agentrouter.qa.index.FolderWatch;
import io.agentrouter.qa.index.LiveIndex;
import io.agentrouter.runtime.health.HealthCheck;
import io.agentrouter.runtime.health.HealthModes;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import reactor.core.publisher.Mono;

/** Tells whether there is an index to answer from, and where it differs from the folder. */
final class DocumentsHealth implements HealthCheck, HealthModes {

    private final LiveIndex index;
    private final Optional<FolderWatch> folder;

    DocumentsHealth(LiveIndex index, Optional<FolderWatch> folder) {
        this.index = index;
        this.folder = folder;
    }

    @Override
    public String name() {
        return "documents";
    }

    @Override
    public Mono<Boolean> ok() {
        return Mono.fromSupplier(index::isReady);
    }

    @Override
    public Set<String> modes() {
        Set<String> modes = new TreeSet<>();
        if (folder.filter(watch -> !watch.skipped().isEmpty()).isPresent()) {
            modes.add("documents-skipped");
        }
        if (folder.filter(FolderWatch::isStale).isPresent()) {
            modes.add("documents-stale");
        }
        return modes;
    }
}
