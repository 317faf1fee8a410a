package io.agentrouter.sandbox.isolation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A directory that commands may read, and where they see it. */
record Mount(Path source, Path inside) {

    static List<Mount> parse(List<String> mounts) {
        return mounts.stream().map(Mount::parse).toList();
    }

    private static Mount parse(String mount) {
        String[] parts = mount.split(":", 2);
        Path source = Path.of(parts[0]);
        Path inside = Path.of(parts[parts.length - 1]).normalize();
        if (!source.isAbsolute() || !inside.isAbsolute() || !Files.isDirectory(source)) {
            throw new IllegalArgumentException(
                    "sandbox.read-only-mounts: '" + mount
                            + "' must be the absolute path of a directory, with ':' and an absolute path inside if they differ");
        }
        if (inside.getNameCount() == 0 || inside.startsWith("/workspace")) {
            throw new IllegalArgumentException("sandbox.read-only-mounts: '" + mount + "' would hide the workspace");
        }
        return new Mount(source, inside);
    }
}
