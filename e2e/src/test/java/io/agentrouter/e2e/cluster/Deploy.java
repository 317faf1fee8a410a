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

    /** For Maven's {@code -pl}: all but what runs these tests. */
    static final String ALL = "!e2e";

    /** CPU requests are divided by it, and the autoscalers' percentage multiplied. */
    private static final int CPU_FACTOR =
            Integer.parseInt(Setting.of("cluster.cpu.factor").orElse("10"));

    /** From what is deployed by default. */
    static final String DIFFERENCES =
            "requests of CPU are divided by %d and hpa.cpu.percent multiplied, so that a pod is added at the same use; at most 4 pods of a type, which wait 30 s before there are fewer, instead of 300"
                    .formatted(CPU_FACTOR);

    /** What belongs to the cluster, and not to the tests. */
    private static final List<String> PASSED_ON = List.of(
            "image.registry",
            "image.tag",
            "base.image",
            "sandbox.base.image",
            "redis.image",
            "redis.storageClass",
            "apiserver.cidr",
            "dns.namespace");

    private static final Duration PATIENCE = Duration.ofMinutes(9);

    private final String namespace;
    private final String model;
    private final List<String> more;

    /** @param model its address, an IPv4 */
    Deploy(String namespace, String model) {
        this(namespace, model, List.of());
    }

    private Deploy(String namespace, String model, List<String> more) {
        this.namespace = namespace;
        this.model = model;
        this.more = more;
    }

    /** The same with images that nobody has made yet. */
    Deploy withImages(String tag) {
        return with("-Dimage.tag=" + tag);
    }

    /** The same with more properties, which go before those that it has. */
    Deploy with(String... properties) {
        return new Deploy(
                namespace,
                model,
                Stream.concat(more.stream(), Stream.of(properties)).toList());
    }

    /** Runs it with the images that are there; what it printed. */
    String run() {
        return print(attempt(List.of("OPENAI_API_KEY=" + KEY)).orFail());
    }

    /** Runs it with images of its own making, pushed when there is a registry; what it printed. */
    String runWithBuild() {
        return print(deploy(List.of("OPENAI_API_KEY=" + KEY)).orFail());
    }

    /** Runs it with the images that are there, whatever comes of it, with variables as {@code env} takes them. */
    Shell.Output attempt(List<String> environment, String... more) {
        return deploy(
                environment,
                Stream.concat(Stream.of("--no-build"), Stream.of(more)).toArray(String[]::new));
    }

    /** Runs Maven with the same properties, on the modules that {@code -pl} takes; what it printed. */
    String maven(String modules, String... goals) {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-DskipTests", "-pl", modules));
        command.addAll(List.of(goals));
        command.addAll(properties());
        return execute(command).orFail();
    }

    private Shell.Output deploy(List<String> environment, String... options) {
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(environment);
        command.addAll(List.of("./deploy", "--timeout", "400"));
        command.addAll(properties());
        command.addAll(List.of(options));
        return execute(command);
    }

    private static Shell.Output execute(List<String> command) {
        System.out.println(String.join(" ", command));
        return Shell.run(Repository.ROOT, command, PATIENCE);
    }

    private static String print(String output) {
        System.out.print(output);
        return output;
    }

    private List<String> properties() {
        int request = 250 / CPU_FACTOR;
        int percent = 60 * CPU_FACTOR;
        Stream<String> passedOn =
                PASSED_ON.stream().flatMap(name -> Setting.of(name).map(value -> "-D" + name + "=" + value).stream());
        return Stream.of(
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
                                "-Dhpa.down.window.seconds=30"),
                        more.stream())
                .flatMap(some -> some)
                .toList();
    }
}
