/** What the JDK is to know of the gateway before its first start. */
@NullMarked
package io.agentrouter.gateway.training;

import org.jspecify.annotations.NullMarked;
