/** Runs what a model wrote, apart from every secret: the application and its configuration. */
package io.agentrouter.sandbox;
