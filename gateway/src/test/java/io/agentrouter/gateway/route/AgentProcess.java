package io.agentrouter.gateway.route;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** An agent that is a process of its own, which can be stopped in its tracks. */
final class AgentProcess implements AutoCloseable {

    private final Process process;
    private final URI uri;

    /** Answers every run with this, and says that it has four slots. */
    AgentProcess(String answer) throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AgentProcess.class.getName(),
                        answer))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        uri = URI.create(said.readLine());
    }

    static void main(String[] args) throws Exception {
        try (var agent = new ScriptedAgent()) {
            agent.play(new SlotsScript(args[0]));
            System.out.println(agent.uri());
            // Until whoever started this is gone.
            while (System.in.read() >= 0) {}
        }
    }

    URI uri() {
        return uri;
    }

    /** With {@code SIGSTOP}: its kernel still takes connections and bytes, and nobody reads them. */
    void pause() throws Exception {
        signal("STOP");
    }

    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
