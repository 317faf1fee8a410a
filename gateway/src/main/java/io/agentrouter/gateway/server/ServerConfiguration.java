package io.agentrouter.gateway.server;

import io.agentrouter.gateway.catalog.ClientLimits;
import io.agentrouter.gateway.log.AccessLog;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.NettyPipeline;
import tools.jackson.databind.json.JsonMapper;

/** What every connection of a client is held to, between the HTTP codec and the server, and how it ends with the gateway. */
@Configuration(proxyBeanMethods = false)
class ServerConfiguration {

    @Bean
    NettyServerCustomizer clientConnections(ClientLimits clients, JsonMapper json, AccessLog log, LameDuck requests) {
        return server -> server.doOnChannelInit((observer, channel, address) -> {
            ChannelPipeline pipeline = channel.pipeline();
            add(pipeline, new StalledClient(clients.stallTimeout()));
            add(pipeline, new PipelineLimit(clients.pipelinedSize().toBytes()));
            add(
                    pipeline,
                    new LingeringClose(
                            clients.lingerTime(), clients.lingerSize().toBytes()));
            add(pipeline, new ServerRefusals(json, log));
            pipeline.addAfter(
                    NettyPipeline.HttpTrafficHandler,
                    LameDuckClose.class.getSimpleName(),
                    new LameDuckClose(requests::isDraining));
        });
    }

    @Bean
    LameDuck lameDuck() {
        return new LameDuck();
    }

    @Bean
    Drain drain(LameDuck requests, ClientLimits clients) {
        return new Drain(requests, clients.lameDuck());
    }

    private static void add(ChannelPipeline pipeline, ChannelHandler handler) {
        pipeline.addBefore(NettyPipeline.HttpTrafficHandler, handler.getClass().getSimpleName(), handler);
    }
}
