package io.agentrouter.e2e.cluster;

import io.agentrouter.e2e.system.Repository;
import io.agentrouter.e2e.system.Shell;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.stream.Stream;

/** The chart that the last build left, with the properties of that build. */
record Chart(KubernetesClient api, String namespace, String releases) {

    private static final String PATH = "jkube/chart/target/helm/kubernetes";

    /** Installs it, and the Secrets that belong to no chart; returns when every workload is ready. */
    void install() {
        Shell.run(Repository.ROOT, List.of("helm", "install", "agent-router", PATH, "--namespace", releases))
                .orFail();
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
