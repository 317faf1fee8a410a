package io.agentrouter.runtime.testing;

/** The scripted model as a process of its own: {@code PORT} (9000), {@code CALL_FIRST_TOOL} (false). */
public final class ScriptedModelApplication {

    private ScriptedModelApplication() {}

    public static void main(String[] args) {
        int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "9000"));
        boolean callFirstTool = Boolean.parseBoolean(System.getenv().getOrDefault("CALL_FIRST_TOOL", "false"));
        try (ScriptedModelServer server =
                ScriptedModelServer.start("0.0.0.0", port, new DefaultScript(callFirstTool))) {
            System.out.println("Scripted model at " + server.baseUrl());
            server.await();
        }
    }
}
