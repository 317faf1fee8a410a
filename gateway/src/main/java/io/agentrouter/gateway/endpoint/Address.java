package io.agentrouter.gateway.endpoint;

import java.net.URI;

/**
 * Which pod.
 *
 * @param uri where it is reached, {@code http://address:port}
 * @param pod tells it from another that had the same address before
 */
record Address(URI uri, String pod) {}
