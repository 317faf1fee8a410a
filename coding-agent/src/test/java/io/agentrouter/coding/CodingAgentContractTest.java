package io.agentrouter.coding;

import io.agentrouter.runtime.testing.AgentContract;

class CodingAgentContractTest extends AgentContract {

    CodingAgentContractTest() {
        super(CodingAgentApplication.class, "coding.workspaces=target/contract-workspaces");
    }
}
