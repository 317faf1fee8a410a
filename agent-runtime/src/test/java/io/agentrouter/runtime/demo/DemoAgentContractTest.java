package io.agentrouter.runtime.demo;

import io.agentrouter.runtime.testing.AgentContract;

/** A third agent, whose only code is its own steps. */
class DemoAgentContractTest extends AgentContract {

    DemoAgentContractTest() {
        super(DemoApplication.class, "agent.type=demo");
    }
}
