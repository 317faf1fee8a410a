package io.agentrouter.coding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentrouter.coding.sandbox.ExecMode;
import io.agentrouter.coding.sandbox.SandboxClient;
import io.agentrouter.coding.sandbox.SandboxStatus;
import io.agentrouter.coding.workspace.Workspaces;
import io.agentrouter.runtime.agent.Agent;
import io.agentrouter.runtime.health.HealthModes;
import java.io.IOException;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CodingProperties.class)
class CodingConfiguration {

    @Bean(destroyMethod = "dispose")
    Scheduler fileScheduler(CodingProperties properties) {
        return Schedulers.newBoundedElastic(properties.fileThreads(), 1000, "files", 60, true);
    }

    @Bean
    Workspaces workspaces(CodingProperties properties) throws IOException {
        return new Workspaces(properties.workspaces(), properties.shared());
    }

    @Bean
    @ConditionalOnProperty("coding.sandbox-socket")
    SandboxClient sandboxClient(CodingProperties properties) {
        return new SandboxClient(Objects.requireNonNull(properties.sandboxSocket()));
    }

    @Bean
    @ConditionalOnProperty("coding.sandbox-socket")
    SandboxStatus sandboxStatus(SandboxClient sandbox) {
        return new SandboxStatus(sandbox);
    }

    @Bean
    @ConditionalOnMissingBean(SandboxStatus.class)
    HealthModes execOff() {
        return ExecMode.NOT_CONFIGURED::modes;
    }

    @Bean
    Execution execution(ObjectProvider<SandboxClient> sandbox, ObjectProvider<SandboxStatus> status) {
        return new Execution(sandbox.getIfAvailable(), status.getIfAvailable());
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> execInLog(Execution execution) {
        return ready -> execution.tell();
    }

    /** One that the sandbox could not empty stays where the next start finds it. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> leftOversAreRemoved(
            Workspaces workspaces, Execution execution, Scheduler fileScheduler) {
        return ready -> Flux.fromIterable(workspaces.leftOvers())
                .concatMap(name -> execution
                        .empty(name)
                        .then(Mono.<Void>fromRunnable(() -> workspaces.removeLeftOver(name))
                                .subscribeOn(fileScheduler))
                        .onErrorComplete())
                .subscribe();
    }

    @Bean
    Agent codingAgent(
            CodingProperties properties,
            Workspaces workspaces,
            Execution execution,
            Scheduler fileScheduler,
            @Value("classpath:system-prompt.txt") Resource prompt)
            throws IOException {
        return new CodingAgent(properties, workspaces, execution, fileScheduler, prompt.getContentAsString(UTF_8));
    }
}
