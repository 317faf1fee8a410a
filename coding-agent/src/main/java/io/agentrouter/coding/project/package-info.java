/** How a project is tested, and where its tests say that it fails. */
package io.agentrouter.coding.project;
