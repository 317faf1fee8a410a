package io.agentrouter.e2e.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * A pod that runs one of the tests' programs and needs no image of its own: the classes come in a ConfigMap, the JVM and the
 * libraries from the gateway's image.
 */
record JavaPod(String name, Map<String, String> labels, String jar, Class<?> program, List<String> arguments) {

    private static final String OPTIONS =
            "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx160m -XX:MaxDirectMemorySize=48m -XX:MaxMetaspaceSize=64m";

    /** The classes of a package and those below it, as a jar in a ConfigMap. */
    static ConfigMap jar(String name, Class<?> one) {
        Path root =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().getPath());
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .addToBinaryData("classes.jar", Base64.getEncoder().encodeToString(bytes(root, one)))
                .build();
    }

    Pod pod() {
        List<String> command = new ArrayList<>(List.of("java", "-cp", "/jar/*:/app/lib/*", program.getName()));
        command.addAll(arguments);
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(120L)
                .withSecurityContext(Restricted.POD)
                .addNewVolume()
                .withName("jar")
                .withNewConfigMap()
                .withName(jar)
                .endConfigMap()
                .endVolume()
                .addNewContainer()
                .withName("java")
                .withImage(Images.of("gateway"))
                .withCommand(command)
                .addNewEnv()
                .withName("JAVA_TOOL_OPTIONS")
                .withValue(OPTIONS)
                .endEnv()
                .addNewVolumeMount()
                .withName("jar")
                .withMountPath("/jar")
                .endVolumeMount()
                .withNewResources()
                .addToRequests("cpu", new Quantity("10m"))
                .addToRequests("memory", new Quantity("128Mi"))
                .addToLimits("memory", new Quantity("384Mi"))
                .endResources()
                .withSecurityContext(Restricted.CONTAINER)
                .endContainer()
                .endSpec()
                .build();
    }

    private static byte[] bytes(Path root, Class<?> one) {
        if (!Files.isDirectory(root)) {
            return read(root);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes);
                Stream<Path> files =
                        Files.walk(root.resolve(one.getPackageName().replace('.', '/')))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(root.relativize(file).toString()));
                jar.write(read(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
