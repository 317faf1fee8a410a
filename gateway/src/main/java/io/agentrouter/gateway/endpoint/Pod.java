package io.agentrouter.gateway.endpoint;

/**
 * A pod as the source of endpoints sees it at a moment.
 *
 * @param address which one it is
 * @param ready whether it says that it can take runs
 * @param terminating whether it is about to end: it finishes what it has and gets nothing new
 */
record Pod(Address address, boolean ready, boolean terminating) {}
