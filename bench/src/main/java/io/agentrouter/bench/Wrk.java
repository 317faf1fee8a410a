package io.agentrouter.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The highest rate of answers, as wrk measures it: each of its connections sends the next request when the last is answered. */
final class Wrk {

    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
    private static final Pattern WRONG = Pattern.compile("Non-2xx or 3xx responses: ([0-9]+)|Socket errors: .*");

    private Wrk() {}

    /** Answers a second over 64 connections, in so many seconds. */
    static double rate(URI proxy, int seconds) throws IOException, InterruptedException {
        Path script = Files.createTempFile("bench", ".lua");
        StringBuilder lua = new StringBuilder("wrk.method = 'POST'\nwrk.body = '" + Request.BODY + "'\n");
        Request.HEADERS.forEach((name, value) -> lua.append("wrk.headers['%s'] = '%s'\n".formatted(name, value)));
        Files.writeString(script, lua);
        var process = new ProcessBuilder(List.of(
                        "wrk",
                        "-t",
                        "1",
                        "-c",
                        "64",
                        "-d",
                        seconds + "s",
                        "-s",
                        script.toString(),
                        proxy + Request.PATH))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Files.delete(script);
        Matcher rate = RATE.matcher(said);
        Matcher wrong = WRONG.matcher(said);
        if (!rate.find()) {
            throw new IllegalStateException("wrk said: " + said);
        }
        if (wrong.find()) {
            System.out.println("      wrk: " + wrong.group());
        }
        return Double.parseDouble(rate.group(1));
    }
}
