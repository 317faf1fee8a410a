package io.agentrouter.gateway.route;

import static java.util.Objects.requireNonNull;

import io.agentrouter.gateway.admission.Admission;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.catalog.ClientLimits;
import io.agentrouter.gateway.catalog.EndpointSettings;
import io.agentrouter.gateway.catalog.TenantsSettings;
import io.agentrouter.gateway.endpoint.Endpoints;
import io.agentrouter.gateway.log.AccessLog;
import io.agentrouter.gateway.route.body.Bodies;
import io.agentrouter.gateway.route.body.BodyBudget;
import io.agentrouter.gateway.route.resolve.AgentTypeResolver;
import io.agentrouter.gateway.server.LameDuck;
import io.agentrouter.gateway.tenant.Authenticate;
import io.agentrouter.gateway.tenant.Tenants;
import io.agentrouter.gateway.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.webflux.error.ErrorWebExceptionHandler;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.DispatcherHandler;
import reactor.netty.http.client.HttpClient;
import tools.jackson.databind.json.JsonMapper;

/** A request's way to an agent. */
@Configuration(proxyBeanMethods = false)
class AgentRoutes {

    /** Where requests come in, and link 1 around everything that the gateway answers. */
    @Bean
    GatewayHandler gatewayHandler(
            LameDuck requests,
            Observe observe,
            Authenticate authenticate,
            @Qualifier("agentRoute") RouteLocator routes,
            FilteringWebHandler links,
            DispatcherHandler dispatcher,
            ServerCodecConfigurer codecs) {
        Route route = requireNonNull(routes.getRoutes().blockFirst());
        return new GatewayHandler(requests, observe, authenticate, route, links, dispatcher, codecs);
    }

    @Bean
    Observe observe(ErrorWebExceptionHandler errors, AccessLog log, RequestMeters meters, Tracing tracing) {
        return new Observe(errors, log, meters, tracing);
    }

    @Bean
    RequestMeters requestMeters(MeterRegistry registry) {
        return new RequestMeters(registry);
    }

    /** The links after it, outermost first. */
    @Bean
    RouteLocator agentRoute(
            RouteLocatorBuilder routes,
            Catalog catalog,
            Authenticate authenticate,
            Resolve resolve,
            Admit admit,
            Choose choose,
            Forward forward) {
        return routes.routes()
                .route(
                        "agents",
                        route -> route.path(AgentPaths.PLAIN, AgentPaths.TYPED)
                                .filters(links -> links.filters(
                                        authenticate, // 2: whose request it is
                                        new Depth(catalog.maxDepth()), // 3: whether it may go on to an agent
                                        resolve, // 3: which agent type it asks
                                        admit, // 5: a slot, in turn
                                        choose, // 6: which pod of it, or another when that one does not begin
                                        forward)) // 7: the agent's answer
                                .uri("no://uri")) // each type has its own
                .build();
    }

    @Bean
    Authenticate authenticate(TenantsSettings tenants) {
        return new Authenticate(new Tenants(tenants));
    }

    @Bean
    Resolve resolve(Catalog catalog, BodyBudget budget, ClientLimits clients) {
        return new Resolve(
                new AgentTypeResolver(catalog), new Bodies(catalog.maxBuffered(), budget, clients.bodyTimeout()));
    }

    @Bean
    BodyBudget bodyBudget(Catalog catalog) {
        return new BodyBudget(catalog.maxBufferedSum());
    }

    @Bean
    Admit admit(Admission admission, ErrorEvents errors) {
        return new Admit(admission, errors);
    }

    @Bean
    ErrorEvents errorEvents(JsonMapper json) {
        return new ErrorEvents(json);
    }

    @Bean
    Choose choose(Endpoints endpoints, EndpointSettings settings, RequestMeters meters, Tracing tracing) {
        return new Choose(endpoints, settings, meters, tracing);
    }

    @Bean
    Forward forward(HttpClient client, Endpoints endpoints, ErrorEvents errors, RequestMeters meters) {
        var agents = new AgentClient(client);
        endpoints.onGone(agents::forget);
        return new Forward(agents, new AnswerWriter(errors, meters));
    }
}
