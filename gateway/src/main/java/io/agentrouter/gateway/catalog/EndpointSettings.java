package io.agentrouter.gateway.catalog;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a pod is found for a request.
 *
 * @param source where the addresses of a type's pods come from
 * @param attempts how many pods a request is sent to, one after the other, while each refuses it before it began
 */
public record EndpointSettings(
        @DefaultValue("static") Source source,
        @DefaultValue("3") @Min(1) int attempts) {

    /** Where addresses come from. */
    public enum Source {
        /** A type's uri is its one endpoint. */
        STATIC,
        /** The EndpointSlices of the Service that a type's uri names. */
        KUBERNETES
    }
}
