package io.agentrouter.gateway.metrics;

import io.agentrouter.gateway.admission.Admission;
import io.agentrouter.gateway.catalog.AgentType;
import io.agentrouter.gateway.catalog.Catalog;
import io.agentrouter.gateway.catalog.PerType;
import io.agentrouter.gateway.endpoint.Endpoint;
import io.agentrouter.gateway.endpoint.Endpoints;
import io.agentrouter.gateway.route.body.BodyBudget;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.springframework.stereotype.Component;

/** Slots, queues and pods of each agent type, and what all bodies hold, as they are when somebody looks. */
@Component
class StateMeters implements MeterBinder {

    private final Catalog catalog;
    private final Endpoints endpoints;
    private final Admission admission;
    private final BodyBudget bodies;

    StateMeters(Catalog catalog, Endpoints endpoints, Admission admission, BodyBudget bodies) {
        this.catalog = catalog;
        this.endpoints = endpoints;
        this.admission = admission;
        this.bodies = bodies;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("agentrouter.bodies.held", bodies, BodyBudget::held)
                .description("What all request bodies hold.")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder(
                        "agentrouter.catalog.problems",
                        catalog,
                        read -> read.problems().size())
                .description("What was told last of agent types and does not count, since it is wrong.")
                .register(registry);
        var _ = new PerType<>(catalog, new PerType.Keeper<List<Meter>>() {

            @Override
            public List<Meter> open(AgentType type) {
                return meters(type, registry);
            }

            @Override
            public void change(List<Meter> meters, AgentType before, AgentType type) {
                // They go by the type's name.
            }

            @Override
            public void close(List<Meter> meters) {
                meters.forEach(registry::remove);
            }
        });
    }

    private List<Meter> meters(AgentType type, MeterRegistry registry) {
        return List.of(
                gauge(registry, type, "outstanding", "Runs of this gateway.", sum(Endpoint::outstanding)),
                gauge(registry, type, "slots", "Slots of all pods.", sum(Endpoint::slots)),
                gauge(registry, type, "slots.free", "Of them, those that a run may have now.", sum(Endpoint::free)),
                gauge(registry, type, "endpoints", "Pods that may get a run.", sum(pod -> 1)),
                gauge(
                        registry,
                        type,
                        "endpoints.ejected",
                        "Of them, those left out for now.",
                        sum(pod -> pod.isOut() ? 1 : 0)),
                gauge(
                        registry,
                        type,
                        "queued",
                        "Requests that wait for a slot.",
                        queued -> admission.state(queued).length()),
                gauge(
                        registry,
                        type,
                        "queued.bytes",
                        "What their bodies hold.",
                        queued -> admission.state(queued).held()),
                FunctionCounter.builder("agentrouter.ejections", type, endpoints::ejections)
                        .description("How often a pod was left out for a while, since it failed.")
                        .tag("type", type.name())
                        .register(registry));
    }

    private ToDoubleFunction<AgentType> sum(ToIntFunction<Endpoint> part) {
        return type -> endpoints.usable(type).stream().mapToInt(part).sum();
    }

    private static Gauge gauge(
            MeterRegistry registry,
            AgentType type,
            String name,
            String description,
            ToDoubleFunction<AgentType> value) {
        return Gauge.builder("agentrouter." + name, type, value)
                .description(description)
                .tag("type", type.name())
                .strongReference(true)
                .register(registry);
    }
}
