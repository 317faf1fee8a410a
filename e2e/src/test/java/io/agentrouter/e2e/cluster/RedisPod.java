package io.agentrouter.e2e.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;

/** A Redis that is no part of the system, with a password. */
final class RedisPod {

    static final String NAME = "redis-elsewhere";

    private static final String PASSWORD = "password-elsewhere";
    private static final int PORT = 6379;

    private RedisPod() {}

    /** Of the image that the system would have deployed. */
    static Pod pod(String image) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withNewSpec()
                .withAutomountServiceAccountToken(false)
                .withTerminationGracePeriodSeconds(1L)
                .withNewSecurityContextLike(Restricted.POD)
                .withRunAsUser(999L)
                .endSecurityContext()
                .addNewContainer()
                .withName("redis")
                .withImage(image)
                .withCommand(
                        "sh",
                        "-c",
                        "exec $(command -v valkey-server || command -v redis-server) --save '' --requirepass "
                                + PASSWORD)
                .withNewReadinessProbe()
                .withNewTcpSocket()
                .withNewPort(PORT)
                .endTcpSocket()
                .withPeriodSeconds(1)
                .endReadinessProbe()
                .withNewResources()
                .addToRequests("cpu", new Quantity("10m"))
                .addToLimits("memory", new Quantity("64Mi"))
                .endResources()
                .withSecurityContext(Restricted.CONTAINER)
                .endContainer()
                .endSpec()
                .build();
    }

    /** For {@code ./deploy}. */
    static String[] properties(String address) {
        return new String[] {
            "-Dredis.url=redis://:%s@%s:%d".formatted(PASSWORD, address, PORT), "-Dredis.cidr=" + address + "/32"
        };
    }
}
