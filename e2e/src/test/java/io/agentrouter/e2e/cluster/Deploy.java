package io.agentrouter.e2e.cluster;

import io.agentrouter.e2e.system.Repository;
import io.agentrouter.e2e.system.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The project's own {@code ./deploy}, over images that are there. What makes a test of minutes possible on a small cluster is
 * said in its output: smaller requests of CPU and a shorter window of the autoscaler.
 */
final class Deploy {

    static final String KEY = "key-of-the-scripted-model";

    /** CPU requests are divided by it, and the autoscalers' percentage multiplied. */
    private static final int CPU_FACTOR =
            Integer.parseInt(Setting.of("cluster.cpu.factor").orElse("10"));

    /** What belongs to the cluster, and not to the tests. */
    private static final List<String> PASSED_ON = List.of(
            "image.registry", "image.tag", "redis.image", "redis.storageClass", "apiserver.cidr", "dns.namespace");

    private static final Duration PATIENCE = Duration.ofMinutes(9);

    private final String namespace;
    private final String model;

    /** @param model its address, an IPv4 */
    Deploy(String namespace, String model) {
        this.namespace = namespace;
        this.model = model;
    }

    /** Runs it; what it printed. */
    String run(String... more) {
        String output = attempt(List.of("OPENAI_API_KEY=" + KEY), more).orFail();
        System.out.print(output);
        return output;
    }

    /** Runs it whatever comes of it, with variables as {@code env} takes them. */
    Shell.Output attempt(List<String> environment, String... more) {
        List<String> command = new ArrayList<>(List.of("./deploy", "--no-build", "--timeout", "400"));
        command.addAll(properties());
        command.addAll(List.of(more));
        System.out.println(String.join(" ", command));
        command.addAll(0, environment);
        command.addFirst("env");
        return Shell.run(Repository.ROOT, command, PATIENCE);
    }

    /** Deletes the namespace with all that is in it, by manifests of its own: those that are there may be of another deployment. */
    void undo() {
        List<String> command =
                new ArrayList<>(List.of("mvn", "-B", "-ntp", "-q", "package", "k8s:undeploy", "-DskipTests"));
        command.addAll(List.of("-pl", "!e2e,!local"));
        command.addAll(properties());
        System.out.println(String.join(" ", command));
        Shell.run(Repository.ROOT, command, PATIENCE).orFail();
    }

    private List<String> properties() {
        int request = 250 / CPU_FACTOR;
        int percent = 60 * CPU_FACTOR;
        Stream<String> passedOn =
                PASSED_ON.stream().flatMap(name -> Setting.of(name).map(value -> "-D" + name + "=" + value).stream());
        return Stream.concat(
                        passedOn,
                        Stream.of(
                                "-Djkube.namespace=" + namespace,
                                "-Dopenai.base.url=http://" + model + ":" + Outside.MODEL_PORT + "/v1",
                                "-Dmodel.cidr=" + model + "/32",
                                "-Dmodel.port=" + Outside.MODEL_PORT,
                                "-Dcontainer.cpu.request=" + request + "m",
                                "-Dredis.cpu.request=" + 100 / CPU_FACTOR + "m",
                                "-Dhpa.cpu.percent=" + percent,
                                "-Dhpa.max=4",
                                "-Dhpa.down.window.seconds=30"))
                .toList();
    }
}
