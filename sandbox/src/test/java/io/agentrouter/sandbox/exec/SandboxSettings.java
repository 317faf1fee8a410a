package io.agentrouter.sandbox.exec;

import io.agentrouter.sandbox.settings.SandboxProperties;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings as they are bound from a file. */
final class SandboxSettings {

    private SandboxSettings() {}

    /** All at their defaults but these, each without {@code sandbox.} before its name. */
    static SandboxProperties in(Path directory, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "sandbox.socket", directory.resolve("socket/s").toString(),
                "sandbox.workspaces", directory.resolve("workspaces").toString()));
        settings.forEach((name, value) -> all.put("sandbox." + name, value));
        return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("sandbox", SandboxProperties.class);
    }
}
