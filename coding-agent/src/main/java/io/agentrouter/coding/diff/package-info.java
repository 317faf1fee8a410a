/** What a run changed in its workspace, as a patch that {@code git apply} takes. */
package io.agentrouter.coding.diff;
