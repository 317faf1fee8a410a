package io.agentrouter.e2e.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Gives tests the installed system, one for all classes, since an installation takes minutes, and keeps its logs when one fails. */
final class SharedCluster implements ParameterResolver, TestExecutionExceptionHandler {

    private static final Path LOGS = Path.of("target", "cluster-logs");

    private static final Namespace NAMESPACE = Namespace.create(SharedCluster.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ClusterUnderTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(ClusterUnderTest.class, key -> new ClusterUnderTest(), ClusterUnderTest.class);
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        ClusterUnderTest cluster =
                context.getRoot().getStore(NAMESPACE).get(ClusterUnderTest.class, ClusterUnderTest.class);
        if (cluster != null) {
            try {
                cluster.keepLogs(LOGS.resolve(context.getRequiredTestClass().getSimpleName()));
            } catch (IOException | KubernetesClientException unkept) {
                failure.addSuppressed(unkept);
            }
        }
        throw failure;
    }
}
