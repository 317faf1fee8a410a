package io.agentrouter.runtime.demo;

import io.agentrouter.runtime.testing.ScriptedModelServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** An agent with a scripted model, asked over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DemoWithModel {

    final ScriptedModelServer model = ScriptedModelServer.start();
    Demo demo;

    @BeforeAll
    void start() {
        demo = Demo.withModel(model, settings());
    }

    /** Of the agent. */
    String[] settings() {
        return new String[0];
    }

    @AfterAll
    void stop() {
        demo.close();
        model.close();
    }

    @BeforeEach
    void forget() {
        model.reset();
    }
}
