package io.agentrouter.gateway.endpoint;

/**
 * What a pod says of its slots, an event of {@code GET /slots} (docs/contract.md, Slots).
 *
 * @param slots how many runs it carries at once
 * @param free how many more it would begin now
 * @param draining whether it begins none any more
 */
record Slots(int slots, int free, boolean draining) {}
