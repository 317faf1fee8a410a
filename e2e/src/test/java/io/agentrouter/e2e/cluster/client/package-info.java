/** Programs that run in pods beside the system; of the JDK and Jackson only, since they use the libraries of the gateway's image. */
package io.agentrouter.e2e.cluster.client;
