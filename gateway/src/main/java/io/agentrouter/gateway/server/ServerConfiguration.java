package io.agentrouter.gateway.server;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.NettyPipeline;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClientProperties.class)
class ServerConfiguration {

    @Bean
    NettyServerCustomizer lingeringClose(ClientProperties clients) {
        return server -> server.doOnChannelInit((observer, channel, address) -> channel.pipeline()
                .addBefore(
                        NettyPipeline.HttpTrafficHandler,
                        "lingering-close",
                        new LingeringClose(
                                clients.lingerTime(), clients.lingerSize().toBytes())));
    }
}
