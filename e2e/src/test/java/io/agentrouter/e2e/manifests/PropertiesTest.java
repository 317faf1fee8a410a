package io.agentrouter.e2e.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentrouter.e2e.system.Repository;
import io.agentrouter.e2e.system.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What properties on the command line make of the manifests. */
@Tag("slow")
class PropertiesTest {

    private static final String PLATFORM = "jkube/platform";

    @TempDir
    private Path target;

    @Test
    void redisOfOnesOwn_isOpenedToAndNoneDeployed() throws IOException {
        List<JsonNode> objects = generate(PLATFORM, "-Dredis.url=external", "-Dredis.cidr=192.0.2.7/32");

        assertThat(objects).noneMatch(object -> named(object, "StatefulSet", "redis"));
        assertThat(one(objects, "NetworkPolicy", "redis-clients").at("/spec/egress/0/to/0/ipBlock/cidr"))
                .hasToString("\"192.0.2.7/32\"");
    }

    @Test
    void redisWithoutVolume_isMadeOnlyWithAWarning() throws IOException {
        String log = build(PLATFORM, "-Dredis.emptyDir=true");

        assertThat(log).contains("every conversation is lost");
        assertThat(one(objects(), "StatefulSet", "redis").at("/spec/volumeClaimTemplates"))
                .isEmpty();
    }

    @Test
    void storageClass_isTheClaims() throws IOException {
        assertThat(one(generate(PLATFORM, "-Dredis.storageClass=fast"), "StatefulSet", "redis")
                        .at("/spec/volumeClaimTemplates/0/spec/storageClassName"))
                .hasToString("\"fast\"");
    }

    @Test
    void namesOfNetworks_openWhatTheySay() throws IOException {
        List<JsonNode> objects = generate(
                PLATFORM,
                "-Dmodel.cidr=192.0.2.8/32",
                "-Dmodel.port=8443",
                "-Dotlp.cidr=192.0.2.9/32",
                "-Dmetrics.namespace=monitoring",
                "-Dproxy.cidr=192.0.2.11/32",
                "-Dapiserver.cidr=192.0.2.10/32");

        assertThat(one(objects, "NetworkPolicy", "model").at("/spec/egress"))
                .hasToString("[{\"ports\":[{\"port\":8443}],\"to\":[{\"ipBlock\":{\"cidr\":\"192.0.2.8/32\"}}]}]");
        assertThat(one(objects, "NetworkPolicy", "otlp").at("/spec/podSelector"))
                .hasToString(
                        "{\"matchExpressions\":[{\"key\":\"app.kubernetes.io/component\",\"operator\":\"In\",\"values\":[\"gateway\",\"agent\"]}]}");
        assertThat(one(objects, "NetworkPolicy", "otlp").at("/spec/egress"))
                .hasToString("[{\"ports\":[{\"port\":4318}],\"to\":[{\"ipBlock\":{\"cidr\":\"192.0.2.9/32\"}}]}]");
        assertThat(one(objects, "NetworkPolicy", "metrics").at("/spec/podSelector"))
                .hasToString("{\"matchLabels\":{\"app.kubernetes.io/component\":\"gateway\"}}");
        assertThat(one(objects, "NetworkPolicy", "metrics").at("/spec/ingress"))
                .hasToString(
                        "[{\"from\":[{\"namespaceSelector\":{\"matchLabels\":{\"kubernetes.io/metadata.name\":\"monitoring\"}}}],\"ports\":[{\"port\":9090}]}]");
        assertThat(one(objects, "NetworkPolicy", "proxy").at("/spec/podSelector"))
                .hasToString("{\"matchLabels\":{\"agent-router/sandbox\":\"true\"}}");
        assertThat(one(objects, "NetworkPolicy", "proxy").at("/spec/egress"))
                .hasToString("[{\"ports\":[{\"port\":3128}],\"to\":[{\"ipBlock\":{\"cidr\":\"192.0.2.11/32\"}}]}]");
        assertThat(one(objects, "NetworkPolicy", "gateway").toString()).contains("192.0.2.10/32");
    }

    @Test
    void ruleOfTheLadder_failsTheBuildAndNamesBothNumbers() {
        Shell.Output output = maven(PLATFORM, "-Dtermination.grace.seconds=600");

        assertThat(output.status()).isNotZero();
        assertThat(output.text()).contains("termination.grace.seconds (600)", "drain.seconds (660)");
    }

    /** A cap in another unit, or none of the heap, would not be counted. */
    @ParameterizedTest
    @CsvSource({
        "-Xmx400m -XX:MaxMetaspaceSize=200m, 600m",
        "-Xmx1g -XX:MaxMetaspaceSize=200m, 200m",
        "-XX:MaxMetaspaceSize=200m, 200m"
    })
    void capsOfTheJvmThatDoNotFitItsContainer_failTheBuildAndAreNamed(String options, String sum) {
        Shell.Output output = maven(List.of("validate", "-pl", "qa-agent", "-am", "-Djvm.options=" + options));

        assertThat(output.status()).isNotZero();
        assertThat(output.text())
                .contains(
                        "jvm.options caps " + sum + ", container.memory is 512Mi",
                        "jvm.options (" + options + ")",
                        "container.memory (512Mi");
    }

    @Test
    void namespace_isTheOneThatIsNamed() throws IOException {
        List<JsonNode> objects = generate(PLATFORM, "-Djkube.namespace=elsewhere");

        assertThat(objects).anyMatch(object -> named(object, "Namespace", "elsewhere"));
        assertThat(objects)
                .filteredOn(object -> !named(object, "Namespace", "elsewhere"))
                .allMatch(object -> object.at("/metadata/namespace").asText().equals("elsewhere"));
    }

    @Test
    void cacheOfTheSandbox_isMountedForItsCommandsToReadAndNotForTheAgent() throws IOException {
        JsonNode pod = pod("coding-agent", "-Dsandbox.cache.claim=repository");

        assertThat(pod.path("volumes").toString())
                .contains("\"persistentVolumeClaim\":{\"claimName\":\"repository\",\"readOnly\":true}");
        assertThat(pod.at("/containers/1/volumeMounts").toString())
                .contains("{\"mountPath\":\"/cache\",\"name\":\"sandbox-cache\",\"readOnly\":true}");
        assertThat(pod.at("/containers/1/env").toString())
                .contains("{\"name\":\"SANDBOX_READONLYMOUNTS\",\"value\":\"/cache\"}");
        assertThat(pod.at("/containers/0/volumeMounts").toString()).doesNotContain("/cache");
    }

    @Test
    void settingsOfTheSandbox_reachItAsTheyAreWritten() throws IOException {
        String settings =
                "{\"sandbox\":{\"ports\":[3128],\"environment\":{\"https_proxy\":\"http://192.0.2.11:3128\"}}}";
        JsonNode pod = pod("coding-agent", "-Dsandbox.settings=" + settings);

        assertThat(pod.at("/containers/1/env")).anySatisfy(variable -> {
            assertThat(variable.path("name").asText()).isEqualTo("SPRING_APPLICATION_JSON");
            assertThat(variable.path("value").asText()).isEqualTo(settings);
        });
    }

    @Test
    void numbersOfAnAgent_areThoseThatAreNamed() throws IOException {
        JsonNode pod = pod(
                "qa-agent",
                "-Drollout.max.unavailable=1",
                "-Dhpa.min=3",
                "-Dhpa.max=7",
                "-Dhpa.cpu.percent=70",
                "-Dhpa.up.window.seconds=40",
                "-Dhpa.up.pods.per.minute=4",
                "-Dhpa.down.window.seconds=200",
                "-Dagent.model=small",
                "-Dopenai.base.url=http://192.0.2.8/v1",
                "-Dotlp.endpoint=http://192.0.2.9:4318",
                "-Dmodel.required=false");
        JsonNode deployment = one(objects(), "Deployment", "qa-agent").path("spec");
        JsonNode autoscaler =
                one(objects(), "HorizontalPodAutoscaler", "qa-agent-hpa").path("spec");

        assertThat(deployment.path("replicas").asInt()).isEqualTo(3);
        assertThat(deployment.at("/strategy/rollingUpdate")).hasToString("{\"maxSurge\":1,\"maxUnavailable\":1}");
        assertThat(autoscaler.path("minReplicas").asInt()).isEqualTo(3);
        assertThat(autoscaler.path("maxReplicas").asInt()).isEqualTo(7);
        assertThat(autoscaler
                        .at("/metrics/0/resource/target/averageUtilization")
                        .asInt())
                .isEqualTo(70);
        assertThat(autoscaler.at("/behavior/scaleUp/stabilizationWindowSeconds").asInt())
                .isEqualTo(40);
        assertThat(autoscaler.at("/behavior/scaleUp/policies/0/value").asInt()).isEqualTo(4);
        assertThat(autoscaler
                        .at("/behavior/scaleDown/stabilizationWindowSeconds")
                        .asInt())
                .isEqualTo(200);
        assertThat(pod.at("/containers/0/env").toString())
                .contains(
                        "{\"name\":\"AGENT_MODEL\",\"value\":\"small\"}",
                        "{\"name\":\"OPENAI_BASE_URL\",\"value\":\"http://192.0.2.8/v1\"}",
                        "{\"name\":\"OTEL_EXPORTER_OTLP_ENDPOINT\",\"value\":\"http://192.0.2.9:4318\"}",
                        "{\"name\":\"MODEL_REQUIRED\",\"value\":\"false\"}");
    }

    @Test
    void route_leadsFromAGatewayWithoutALimitOfItsOwn() throws IOException {
        pod("gateway", "-Proute", "-Droute.parent=front", "-Droute.parent.namespace=edge");
        JsonNode route = one(objects(), "HTTPRoute", "gateway").path("spec");

        assertThat(route.at("/parentRefs/0")).hasToString("{\"name\":\"front\",\"namespace\":\"edge\"}");
        assertThat(route.at("/rules/0/backendRefs/0"))
                .hasToString("{\"kind\":\"Service\",\"name\":\"gateway\",\"port\":80}");
        assertThat(route.at("/rules/0/timeouts/request").asText()).isEqualTo("0s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "configMap | \"configMap\":{\"name\":\"handbook\"}",
                "claim | \"persistentVolumeClaim\":{\"claimName\":\"handbook\",\"readOnly\":true}"
            })
    void documentsOfOnesOwn_areMountedForTheQuestionsAgentToRead(String from, String volume) throws IOException {
        JsonNode pod = pod("qa-agent", "-Ddocuments." + from + "=handbook");

        assertThat(pod.path("volumes").toString()).contains(volume);
        assertThat(pod.at("/containers/0/env").toString())
                .contains("{\"name\":\"QA_DOCUMENTS\",\"value\":\"/documents\"}");
    }

    /** The pod of a workload, generated without making any jar anew, which other tests may be running. */
    private JsonNode pod(String module, String... properties) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("test-compile", "k8s:resource", "-pl", module, "-am"));
        arguments.addAll(List.of(properties));
        maven(arguments).orFail();
        return one(objects(), "Deployment", module).at("/spec/template/spec");
    }

    private List<JsonNode> generate(String module, String... properties) throws IOException {
        build(module, properties);
        return objects();
    }

    private String build(String module, String... properties) {
        return maven(module, properties).orFail();
    }

    private Shell.Output maven(String module, String... properties) {
        List<String> arguments = new ArrayList<>(List.of("package", "-pl", module));
        arguments.addAll(List.of(properties));
        return maven(arguments);
    }

    private Shell.Output maven(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-o", "-Djkube.targetDir=" + target));
        command.addAll(arguments);
        return Shell.run(Repository.ROOT, command);
    }

    private List<JsonNode> objects() throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        Manifests.yaml(Files.readString(target.resolve("kubernetes.yml")))
                .path("items")
                .forEach(objects::add);
        return objects;
    }

    private static JsonNode one(List<JsonNode> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> named(object, kind, name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean named(JsonNode object, String kind, String name) {
        return object.path("kind").asText().equals(kind)
                && object.at("/metadata/name").asText().equals(name);
    }
}
