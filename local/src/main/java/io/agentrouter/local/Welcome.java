package io.agentrouter.local;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;

/** What can be done now that everything is up: commands to paste. */
record Welcome(int port, Duration startUp, Isolation isolation) {

    private static final String FAILING_TEST = """
            import unittest
            class SumTest(unittest.TestCase):
                def test_sum(self):
                    self.assertEqual(sum([1, 2]), 4)
            """;

    @Override
    public String toString() {
        String file = Base64.getEncoder().encodeToString(FAILING_TEST.getBytes(StandardCharsets.UTF_8));
        return """

                Ready after %s s on %s. Ctrl-C stops everything.
                Commands of the coding agent: %s.

                Ask the Q&A agent, whole and streamed:

                  curl %s/v1/chat/completions -H 'Content-Type: application/json' -d '{"model": "qa",
                    "messages": [{"role": "user", "content": "How much memory does the coding agent get?"}]}'

                  curl -N %s/agents/qa/v1/chat/completions -H 'Content-Type: application/json' -d '{"stream": true,
                    "messages": [{"role": "user", "content": "How much memory does the coding agent get?"}]}'

                Let the coding agent run a test that fails, whole and streamed:

                  curl %s/v1/chat/completions -H 'X-Agent-Type: coding' -H 'Content-Type: application/json' -d '%s'

                  curl -N '%s/v1/chat/completions?agent-type=coding' -H 'Content-Type: application/json' -d '%s'

                OpenAI SDKs: base_url="%s/v1", any api_key, model="qa" or "coding".
                """.formatted(
                        String.format(Locale.ROOT, "%.1f", startUp.toMillis() / 1000.0),
                        url(),
                        isolation.description(),
                        url(),
                        url(),
                        url(),
                        codingBody(file, false),
                        url(),
                        codingBody(file, true),
                        url());
    }

    private String url() {
        return "http://" + Ports.HOST + ":" + port;
    }

    private static String codingBody(String file, boolean stream) {
        return """
                {%s"messages":
                    [{"role": "user", "content": [{"type": "text", "text": "Why does the test fail?"},
                      {"type": "file", "file": {"filename": "test_sum.py", "file_data": "data:text/x-python;base64,%s"}}]}]}\
                """.formatted(stream ? "\"stream\": true, " : "", file);
    }
}
