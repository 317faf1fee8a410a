/**
 * The system on a real cluster, whichever KUBECONFIG names: {@code mvn verify -Pcluster}. What a test class shows stands in
 * its first sentence; figures are printed.
 */
package io.agentrouter.e2e.cluster;
