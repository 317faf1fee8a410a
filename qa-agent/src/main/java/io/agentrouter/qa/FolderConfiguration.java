package io.agentrouter.qa;

import io.agentrouter.qa.index.Embedder;
import io.agentrouter.qa.index.FolderPoll;
import io.agentrouter.qa.index.FolderWatch;
import io.agentrouter.qa.index.LiveIndex;
import java.io.IOException;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** What is there only when {@code qa.documents} names a folder. */
@Configuration(proxyBeanMethods = false)
@Conditional(FolderConfiguration.OnFolder.class)
class FolderConfiguration {

    @Bean
    FolderWatch folderWatch(QaProperties properties, Embedder embedder, LiveIndex live) throws IOException {
        return new FolderWatch(Objects.requireNonNull(properties.documents()), properties.limits(), embedder, live);
    }

    @Bean
    FolderPoll folderPoll(QaProperties properties, FolderWatch watch) {
        return new FolderPoll(watch, properties.poll());
    }

    static final class OnFolder implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("qa.documents"));
        }
    }
}
