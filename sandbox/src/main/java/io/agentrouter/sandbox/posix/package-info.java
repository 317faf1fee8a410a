/** The few calls to the kernel that Java has no words for. */
package io.agentrouter.sandbox.posix;
