package io.agentrouter.e2e.system;

import io.agentrouter.runtime.testing.RedisServers;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import java.util.Map;

/** The system with a model and a collector of traces, both in the tests' own process: with little patience and few attempts. */
public final class LiveSystem extends RunningSystem {

    public static final String KEY = "sk-e2e-secret";
    public static final String MODEL = "scripted-1";

    private final ScriptedModelServer model;
    private final TraceCollector traces;

    LiveSystem() {
        this(ScriptedModelServer.start(), new TraceCollector());
    }

    private LiveSystem(ScriptedModelServer model, TraceCollector traces) {
        super(
                RedisServers.freePort(),
                Map.of(
                        "OPENAI_API_KEY",
                        KEY,
                        "OPENAI_BASE_URL",
                        model.baseUrl(),
                        "AGENT_MODEL",
                        MODEL,
                        "MODEL_TIMEOUTS_FIRST_TOKEN",
                        "4s",
                        "MODEL_TIMEOUTS_IDLE",
                        "4s",
                        "MODEL_RETRY_FIRST_PAUSE",
                        "50ms",
                        "OTEL_EXPORTER_OTLP_ENDPOINT",
                        traces.endpoint(),
                        "OTEL_BSP_SCHEDULE_DELAY",
                        "200"));
        this.model = model;
        this.traces = traces;
    }

    /** The model, with nothing of an earlier test in it. */
    public ScriptedModelServer freshModel() {
        model.reset();
        return model;
    }

    /** What the parts say of the way of each request. */
    public TraceCollector traces() {
        return traces;
    }

    @Override
    public void close() {
        super.close();
        model.close();
        traces.close();
    }
}
