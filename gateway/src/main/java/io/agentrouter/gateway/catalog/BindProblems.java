package io.agentrouter.gateway.catalog;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** What is wrong with a configuration that could not be bound, in a sentence for each key. */
final class BindProblems {

    private BindProblems() {}

    static List<String> of(RuntimeException failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return switch (root) {
            case BindValidationException invalid ->
                invalid.getValidationErrors().getAllErrors().stream()
                        .map(error -> invalid.getValidationErrors().getName() + "." + sentence(error))
                        .toList();
            case UnboundConfigurationPropertiesException unknown ->
                unknown.getUnboundProperties().stream()
                        .map(property -> property.getName() + " is not a known key")
                        .toList();
            case InvalidConfigurationPropertyValueException wrong ->
                List.of(wrong.getName() + ": " + wrong.getReason());
            default ->
                List.of(key(failure)
                        + String.valueOf(root.getMessage()).lines().findFirst().orElse(""));
        };
    }

    private static String sentence(ObjectError error) {
        String where = error instanceof FieldError field ? field.getField() + ": " : "";
        return where + error.getDefaultMessage();
    }

    /** That of the innermost value that could not be bound. */
    private static String key(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .filter(BindException.class::isInstance)
                .map(BindException.class::cast)
                .reduce((outer, inner) -> inner)
                .map(bind -> bind.getName() + ": ")
                .orElse("");
    }
}
