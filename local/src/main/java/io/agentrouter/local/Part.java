package io.agentrouter.local;

import java.util.List;
import java.util.Map;

/**
 * One process of the system.
 *
 * @param name as it is shown, and the name of its log
 * @param command what to run
 * @param environment all of its environment but the few variables every process needs
 * @param memory its limit
 * @param probe how to ask whether it is healthy
 */
record Part(String name, List<String> command, Map<String, String> environment, Memory memory, Probe probe) {}
