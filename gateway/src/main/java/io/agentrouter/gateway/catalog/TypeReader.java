package io.agentrouter.gateway.catalog;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.validation.Validator;

/** Reads agent types as the gateway's start reads its configuration: each value is validated, and a key that nobody knows is an error. */
final class TypeReader {

    private final ConfigurableEnvironment environment;
    private final Validator validator;
    private final boolean onKubernetes;

    TypeReader(ConfigurableEnvironment environment, Validator validator, EndpointSettings endpoints) {
        this.environment = environment;
        this.validator = validator;
        this.onKubernetes = endpoints.source() == EndpointSettings.Source.KUBERNETES;
    }

    /**
     * All types that are configured.
     *
     * @param over what wins over the rest of the configuration
     * @throws RuntimeException if anything of it is wrong; {@link BindProblems#of} says what
     */
    Map<String, AgentType> configured(Stream<PropertySource<?>> over) {
        RouterProperties router = binder(Stream.concat(over, environment.getPropertySources().stream()))
                .bind("router", Bindable.of(RouterProperties.class), handler())
                .get();
        var types = new TreeMap<String, AgentType>();
        router.agents().forEach((name, agent) -> types.put(name, check(agent.named(name))));
        return types;
    }

    /**
     * One type.
     *
     * @param source its keys, from {@code router.agents.<name>} on
     * @throws RuntimeException as above
     */
    AgentType one(String name, PropertySource<?> source) {
        return check(binder(Stream.of(source))
                .bind("router.agents." + name, Bindable.of(AgentProperties.class), handler())
                .get()
                .named(name));
    }

    private AgentType check(AgentType type) {
        if (onKubernetes) {
            ServiceName.of(type, "");
        }
        return type;
    }

    private Binder binder(Stream<PropertySource<?>> sources) {
        List<PropertySource<?>> all = sources.filter(
                        source -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
                .toList();
        return new Binder(ConfigurationPropertySources.from(all), new PropertySourcesPlaceholdersResolver(all));
    }

    private ValidationBindHandler handler() {
        return new ValidationBindHandler(
                new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter()), validator);
    }
}
