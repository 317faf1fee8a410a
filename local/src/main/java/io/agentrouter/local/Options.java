package io.agentrouter.local;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The command line.
 *
 * @param port where the gateway listens, on 127.0.0.1
 * @param unsafeExec whether commands may run without isolation where bubblewrap cannot work
 * @param help whether only the help is wanted
 */
record Options(int port, boolean unsafeExec, boolean help) {

    static final int DEFAULT_PORT = 8080;

    static final String HELP = """
            Usage: ./run [--port N] [--unsafe-exec]

            Builds what is missing, starts Redis, the sandbox, the agents and the gateway on this machine,
            and stops all of them on Ctrl-C or when one of them dies. Listens on 127.0.0.1 only.

              --port N       port of the gateway (default 8080); the other parts take free ports
              --unsafe-exec  where bubblewrap cannot work, run the coding agent's commands without isolation
              --help         this text

            Passed on to the agents when set: OPENAI_API_KEY, OPENAI_BASE_URL, AGENT_MODEL.
            Settings of the parts are environment variables as well: ROUTER_* reaches the gateway, SANDBOX_* the
            sandbox, AGENT_*, MODEL_* and <TYPE>_* (QA_DOCUMENTS=~/notes) the agents, OTEL_* gateway and agents:
            OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318 sends traces to a collector.
            """;

    /** Checks a command line before anything is built: this class also runs from its source. Prints nothing but the help. */
    static void main(String... arguments) {
        try {
            System.out.print(parse(arguments).help() ? HELP : "");
        } catch (LauncherException e) {
            System.err.println(e.getMessage());
            System.exit(e.exitCode());
        }
    }

    static Options parse(String... arguments) {
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        int port = DEFAULT_PORT;
        boolean unsafeExec = false;
        boolean help = false;
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--help", "-h" -> help = true;
                case "--unsafe-exec" -> unsafeExec = true;
                case "--port" -> port = port(rest.isEmpty() ? "" : rest.pop());
                case String s when s.startsWith("--port=") -> port = port(s.substring("--port=".length()));
                default -> throw usage("Unknown option " + option + ": see ./run --help.");
            }
        }
        return new Options(port, unsafeExec, help);
    }

    private static int port(String text) {
        if (text.matches("\\d{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        }
        throw usage("--port wants a number from 1 to 65535, not '" + text + "'.");
    }

    private static LauncherException usage(String sentence) {
        return new LauncherException(sentence, LauncherException.USAGE);
    }
}
