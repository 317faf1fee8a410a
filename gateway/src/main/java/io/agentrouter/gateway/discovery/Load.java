package io.agentrouter.gateway.discovery;

import io.agentrouter.gateway.admission.QueueState;
import io.agentrouter.gateway.endpoint.Endpoint;
import io.agentrouter.gateway.problem.Problem;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * What of an agent type's slots is taken, as this gateway knows it.
 *
 * @param slots of all pods
 * @param free of them, those that a run may have now
 * @param outstanding runs of this gateway
 * @param queue those who wait for a slot here
 * @param endpoints the pods that may get a run
 */
record Load(int slots, int free, int outstanding, Problem.Queue queue, List<Pod> endpoints) {

    record Pod(String pod, int slots, int free, int outstanding, boolean ejected) {
        static Pod of(Endpoint endpoint) {
            return new Pod(endpoint.pod(), endpoint.slots(), endpoint.free(), endpoint.outstanding(), endpoint.isOut());
        }
    }

    static Load of(List<Endpoint> usable, QueueState queue) {
        List<Pod> pods = usable.stream().map(Pod::of).toList();
        return new Load(
                sum(pods, Pod::slots), sum(pods, Pod::free), sum(pods, Pod::outstanding), queue.toProblem(), pods);
    }

    private static int sum(List<Pod> pods, ToIntFunction<Pod> part) {
        return pods.stream().mapToInt(part).sum();
    }
}
