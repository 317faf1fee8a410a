package io.agentrouter.e2e.system;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * OpenAI's SDKs of other languages, in a pinned version, installed once below {@code target/}. Where that cannot be done,
 * for want of the language or of a network, a test is skipped; with {@code -Dsdk.required=true} it fails.
 */
public enum Sdk {
    PYTHON("py", "python3") {
        @Override
        List<String> installation(String version) {
            String install = "python3 -m venv venv && venv/bin/python -m pip install -q --retries 1 openai==" + version;
            return List.of("sh", "-c", install);
        }

        @Override
        String interpreter(Path home) {
            return home.resolve("venv/bin/python").toString();
        }
    },
    NODE("mjs", "npm") {
        @Override
        List<String> installation(String version) {
            return List.of(
                    "npm",
                    "install",
                    "--no-audit",
                    "--no-fund",
                    "--fetch-retries",
                    "1",
                    "--prefix",
                    ".",
                    "openai@" + version);
        }

        @Override
        String interpreter(Path home) {
            return "node";
        }
    };

    private final String extension;
    private final String needs;

    Sdk(String extension, String needs) {
        this.extension = extension;
        this.needs = needs;
    }

    abstract List<String> installation(String version);

    abstract String interpreter(Path home);

    /** Runs a program that uses the SDK. */
    public Shell.Output run(String program, String... arguments) {
        Path home = home();
        try {
            Path file = Files.writeString(home.resolve("program." + extension), program);
            List<String> command = new ArrayList<>(List.of(interpreter(home), file.toString()));
            command.addAll(List.of(arguments));
            return Shell.run(home, command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs {@code sdk/ask}: the text that an agent type says, and {@code raised …} for what the SDK raises. */
    public String ask(String url, String type, String how) {
        String program = Repository.read("e2e/src/test/resources/sdk/ask." + extension);
        return run(program, url + "/v1", type, how).orFail();
    }

    private Path home() {
        String version = System.getProperty("openai-" + name().toLowerCase(java.util.Locale.ROOT) + ".version", "");
        try {
            Path home = Files.createDirectories(
                    Path.of("target/sdk", name().toLowerCase(java.util.Locale.ROOT) + "-" + version)
                            .toAbsolutePath());
            Path installed = home.resolve("installed");
            if (!Files.exists(installed)) {
                install(home, version);
                Files.createFile(installed);
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void install(Path home, String version) {
        Shell.Output output = Shell.has(needs)
                ? Shell.run(home, installation(version))
                : new Shell.Output(127, needs + " is not on PATH");
        if (output.status() != 0) {
            unavailable("openai " + version + " for " + name() + " cannot be installed: " + output.text());
        }
    }

    /** Skips the test, or fails it where SDKs are required. */
    public static void unavailable(String why) {
        if (Boolean.getBoolean("sdk.required")) {
            throw new AssertionError(why);
        }
        abort(why);
    }
}
