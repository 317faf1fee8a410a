package io.agentrouter.runtime;

import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.core.convert.converter.Converter;
import org.springframework.util.unit.DataSize;

/** Reads a size as Kubernetes writes it, so that a manifest's {@code 512Mi} needs no translation. */
@ConfigurationPropertiesBinding
final class QuantityConverter implements Converter<String, DataSize> {

    @Override
    public DataSize convert(String quantity) {
        return DataSize.parse(quantity.strip().replaceFirst("(?<=[KMGT])i$", "B"));
    }
}
