package io.agentrouter.e2e.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The objects of a namespace that an installation makes there. */
final class InstalledObjects {

    private static final List<Map.Entry<String, String>> KINDS = List.of(
            Map.entry("apps/v1", "Deployment"),
            Map.entry("apps/v1", "StatefulSet"),
            Map.entry("autoscaling/v2", "HorizontalPodAutoscaler"),
            Map.entry("networking.k8s.io/v1", "NetworkPolicy"),
            Map.entry("policy/v1", "PodDisruptionBudget"),
            Map.entry("rbac.authorization.k8s.io/v1", "Role"),
            Map.entry("rbac.authorization.k8s.io/v1", "RoleBinding"),
            Map.entry("v1", "ConfigMap"),
            Map.entry("v1", "Service"),
            Map.entry("v1", "ServiceAccount"));

    private static final Set<String> CHOSEN_BY_THE_CLUSTER = Set.of("clusterIP", "clusterIPs", "replicas");

    /** A label that helm sets. */
    private static final String MANAGED_BY = "app.kubernetes.io/managed-by";

    /** Of annotations by which the gateway knows a type; others are the cluster's and of whoever installs. */
    private static final String OURS = "agent-router/";

    private InstalledObjects() {}

    /** What each object is asked to be, as JSON, by its kind and name, without what the cluster chooses. */
    static Map<String, String> of(KubernetesClient api, String namespace) {
        return KINDS.stream()
                .flatMap(kind -> api
                        .genericKubernetesResources(kind.getKey(), kind.getValue())
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .stream())
                .collect(Collectors.toMap(
                        object -> object.getKind() + " " + object.getMetadata().getName(),
                        object -> api.getKubernetesSerialization().asJson(specification(object))));
    }

    private static Map<String, Object> specification(GenericKubernetesResource object) {
        Map<String, Object> fields = new TreeMap<>(object.getAdditionalProperties());
        fields.remove("status");
        if (fields.get("spec") instanceof Map<?, ?> spec) {
            Map<Object, Object> chosen = new TreeMap<>(spec);
            chosen.keySet().removeAll(CHOSEN_BY_THE_CLUSTER);
            fields.put("spec", chosen);
        }
        fields.put("labels", only(object.getMetadata().getLabels(), label -> !label.equals(MANAGED_BY)));
        fields.put("annotations", only(object.getMetadata().getAnnotations(), name -> name.startsWith(OURS)));
        return fields;
    }

    private static Map<String, String> only(Map<String, String> all, Predicate<String> names) {
        Map<String, String> only = new TreeMap<>(all);
        only.keySet().removeIf(names.negate());
        return only;
    }
}
