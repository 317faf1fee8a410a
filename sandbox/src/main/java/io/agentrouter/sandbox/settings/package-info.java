/** What can be configured, {@code sandbox.*}. */
package io.agentrouter.sandbox.settings;
