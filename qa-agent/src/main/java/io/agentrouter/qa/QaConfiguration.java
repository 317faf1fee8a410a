package io.agentrouter.qa;

import io.agentrouter.qa.answer.Extractor;
import io.agentrouter.qa.answer.QaAgent;
import io.agentrouter.qa.answer.Retriever;
import io.agentrouter.qa.index.Embedder;
import io.agentrouter.qa.index.FolderWatch;
import io.agentrouter.qa.index.LiveIndex;
import io.agentrouter.qa.index.MiniLm;
import io.agentrouter.qa.index.ShippedIndex;
import io.agentrouter.runtime.agent.Agent;
import java.io.IOException;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Puts the agent together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QaProperties.class)
class QaConfiguration {

    /** Questions that may wait for an embedder; far more than there are slots. */
    private static final int WAITING = 1024;

    @Bean
    Embedder embedder(QaProperties properties) {
        return new MiniLm(properties.modelFolder());
    }

    @Bean
    LiveIndex liveIndex(QaProperties properties) throws IOException {
        LiveIndex index = new LiveIndex();
        if (properties.documents() == null) {
            index.replace(ShippedIndex.open());
        }
        return index;
    }

    @Bean
    DocumentsHealth documentsHealth(LiveIndex live, ObjectProvider<FolderWatch> watch) {
        return new DocumentsHealth(live, Optional.ofNullable(watch.getIfAvailable()));
    }

    @Bean
    Scheduler retrieval(QaProperties properties) {
        return Schedulers.newBoundedElastic(properties.embedders(), WAITING, "retrieval");
    }

    @Bean
    Agent agent(LiveIndex index, Embedder embedder, Scheduler retrieval, QaProperties properties) {
        return new QaAgent(new Retriever(index, embedder, properties.passages()), new Extractor(embedder), retrieval);
    }
}
