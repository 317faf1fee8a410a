package io.agentrouter.runtime.model;

import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Says in an agent's first line of log that it has no model: no bean is there yet, so it looks for the key itself. */
final class OfflineNotice implements ApplicationListener<ApplicationContextInitializedEvent> {

    @Override
    public void onApplicationEvent(ApplicationContextInitializedEvent event) {
        Environment environment = event.getApplicationContext().getEnvironment();
        ModelProperties properties = Binder.get(environment).bindOrCreate("model", ModelProperties.class);
        if (new ApiKey(properties).current().isEmpty()) {
            LoggerFactory.getLogger(OfflineNotice.class)
                    .warn(
                            properties.required()
                                    ? "No model key: this agent needs one and is down until it has it"
                                    : "Offline mode: no model key, so answers are made without a model");
        }
    }
}
