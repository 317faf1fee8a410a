/** Files of one run, shared with a sandbox whose code is hostile: nothing here follows a link or leaves the workspace. */
package io.agentrouter.coding.workspace;
