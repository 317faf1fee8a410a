package io.agentrouter.sandbox.isolation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Component;

/** The programs, of those that projects are built and tested with, that commands find here. */
@Component
public class Tools {

    private static final List<String> KNOWN = List.of(
            "sh", "bash", "git", "make", "cmake", "gcc", "g++", "python3", "pip", "pytest", "java", "javac", "mvn",
            "gradle", "node", "npm", "go", "cargo", "rustc", "ruby", "perl", "php", "dotnet", "patch", "diff", "tar",
            "unzip", "jq");

    private final List<String> names;

    Tools(Walls walls) {
        List<String> path = walls.isolation().map(Isolation::searchPath).orElse(List.of());
        this.names = KNOWN.stream()
                .filter(tool ->
                        path.stream().map(Path::of).anyMatch(directory -> Files.isExecutable(directory.resolve(tool))))
                .toList();
    }

    /** Their names; empty where no command runs. */
    public List<String> names() {
        return names;
    }
}
