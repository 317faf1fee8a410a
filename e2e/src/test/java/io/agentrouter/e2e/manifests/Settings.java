package io.agentrouter.e2e.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import io.agentrouter.e2e.system.Repository;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.unit.DataSize;

/** Values in the sources, where a part takes them from: its configuration file, else the default in its code; durations in seconds. */
final class Settings {

    private static final String GATEWAY = "gateway/src/main/java/io/agentrouter/gateway/catalog/";
    private static final String RUNTIME = "agent-runtime/src/main/java/io/agentrouter/runtime/";

    private Settings() {}

    /** A timeout of an agent type in the gateway's catalog. */
    static double timeout(String type, String name) throws IOException {
        JsonNode value = gateway().at("/router/agents/" + type + "/timeouts/" + name);
        return value.isMissingNode() ? defaultOf(GATEWAY + "Timeouts.java", name) : seconds(value.asText());
    }

    /** A value of the gateway's configuration file, by its JSON pointer. */
    static double gateway(String pointer) throws IOException {
        return seconds(gateway().at(pointer).asText());
    }

    /** A component of the gateway's ClientLimits. */
    static double client(String component) {
        return defaultOf(GATEWAY + "ClientLimits.java", component);
    }

    /** A component of the runtime's AgentProperties. */
    static double agent(String component) {
        return defaultOf(RUNTIME + "AgentProperties.java", component);
    }

    /** A value of the runtime's properties file. */
    static double runtime(String key) {
        return seconds(found(
                "(?m)^" + Pattern.quote(key) + "=(\\w+)$",
                "agent-runtime/src/main/resources/agent-runtime.properties"));
    }

    /** A number among the properties of the root pom. */
    static double pom(String name) {
        return Double.parseDouble(found("<" + Pattern.quote(name) + ">(\\d+)<", "pom.xml"));
    }

    /** A property of a module's own pom that is a whole number. */
    static int pom(String module, String name) {
        return Integer.parseInt(found("<" + Pattern.quote(name) + ">(\\d+)<", module + "/pom.xml"));
    }

    /** The default of a size, in MiB. */
    static double size(String file, String component) {
        return DataSize.parse(found("@DefaultValue\\(\"(\\w+)\"\\) DataSize " + component + "\\b", file))
                .toMegabytes();
    }

    private static JsonNode gateway() throws IOException {
        return Manifests.yaml(Repository.read("gateway/src/main/resources/application.yml"));
    }

    private static double defaultOf(String file, String component) {
        return seconds(found("@DefaultValue\\(\"(\\w+)\"\\)[^\"]* Duration " + component + "\\b", file));
    }

    private static String found(String pattern, String file) {
        Matcher matcher = Pattern.compile(pattern).matcher(Repository.read(file));
        if (!matcher.find()) {
            throw new AssertionError(pattern + " is not in " + file);
        }
        return matcher.group(1);
    }

    private static double seconds(String text) {
        return DurationStyle.detectAndParse(text).toMillis() / 1000.0;
    }
}
