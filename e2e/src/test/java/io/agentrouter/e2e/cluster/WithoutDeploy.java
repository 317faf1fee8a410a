package io.agentrouter.e2e.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.stream.Stream;

/** What {@code ./deploy} does after the objects are there, for those who put them there otherwise. */
record WithoutDeploy(KubernetesClient api, String namespace) {

    /** Makes the Secrets, which are in no manifest; returns when every workload is ready. */
    void finish() {
        Stream.of(secret("agent-secrets", "openai-api-key", Deploy.KEY), secret("redis", "password", "from-the-test"))
                .forEach(secret -> api.resource(secret).inNamespace(namespace).create());
        Stream.of("gateway", "qa-agent", "coding-agent")
                .map(name -> new Workload(api, namespace, name))
                .forEach(Workload::awaitSettled);
    }

    private static Secret secret(String name, String key, String value) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addToStringData(key, value)
                .build();
    }
}
