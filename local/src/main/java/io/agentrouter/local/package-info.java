/** Starts and stops the whole system as processes of one machine. */
@NullMarked
package io.agentrouter.local;

import org.jspecify.annotations.NullMarked;
