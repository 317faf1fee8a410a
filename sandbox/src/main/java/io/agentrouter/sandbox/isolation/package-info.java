/** The walls around a command: which ones work on this machine, and how a command is put behind them. */
package io.agentrouter.sandbox.isolation;
