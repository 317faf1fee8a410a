package io.agentrouter.gateway.route;

import io.agentrouter.gateway.admission.Admission;
import io.agentrouter.gateway.admission.Claim;
import io.agentrouter.gateway.server.Ending;
import io.agentrouter.gateway.tenant.Tenant;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Link 5: what a request may claim of its type's slots, and what its client sees while it waits for one. */
final class Admit implements GatewayFilter {

    private final Admission admission;
    private final ErrorEvents errors;

    Admit(Admission admission, ErrorEvents errors) {
        this.admission = admission;
        this.errors = errors;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        AgentCall call = AgentCall.of(exchange);
        Claim claim = Claim.of(
                exchange.getRequest().getHeaders(),
                call.type(),
                Tenant.of(exchange),
                call.body().heldWhileWaiting());
        Place place = Place.enter(exchange, call, admission.ticket(claim), errors);
        return Ending.of(chain.filter(exchange), (how, error) -> place.close(how));
    }
}
