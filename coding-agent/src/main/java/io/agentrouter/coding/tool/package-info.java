/** What a model may do in a workspace. */
package io.agentrouter.coding.tool;
