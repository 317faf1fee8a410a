/** The HTTP face on a Unix domain socket. */
package io.agentrouter.sandbox.http;
