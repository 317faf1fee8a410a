/** From what a client sent to files in a workspace, trusting nothing about it. */
package io.agentrouter.coding.archive;
