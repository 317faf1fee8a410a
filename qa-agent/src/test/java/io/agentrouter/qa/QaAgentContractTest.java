package io.agentrouter.qa;

import io.agentrouter.runtime.testing.AgentContract;

class QaAgentContractTest extends AgentContract {

    QaAgentContractTest() {
        super(QaAgentApplication.class);
    }
}
