package io.agentrouter.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A {@link StubRepository} with the script {@code run}, the real launcher, and a Maven that notes how it was called.
 *
 * @param root the repository
 */
record ScriptRepository(Path root) {

    private static final Path ORIGINAL = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> TOOLS = List.of(
            "cat",
            "dirname",
            "env",
            "find",
            "grep",
            "head",
            "kill",
            "ls",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "rmdir",
            "sed",
            "setsid",
            "sh",
            "sleep",
            "sort",
            "tee",
            "true",
            "uname");

    static ScriptRepository in(Path directory) throws IOException {
        ScriptRepository repository = new ScriptRepository(StubRepository.in(directory.resolve("clone")));
        Files.copy(ORIGINAL.resolve("run"), repository.root.resolve("run"));
        repository.write("pom.xml", "<project/>");
        repository.write("README.md", "# Stub");
        repository.write("docs/page.md", "# Stub");
        repository.write("jkube/fragment.yml", "kind: Stub");
        repository.write("gateway/src/main/java/Gateway.java", "class Gateway {}");
        for (String source : List.of("Options", "LauncherException")) {
            String file = "local/src/main/java/io/agentrouter/local/" + source + ".java";
            repository.write(file, Files.readString(ORIGINAL.resolve(file)));
        }
        repository.write("local/pom.xml", "<project/>");
        repository.writeLauncher();
        repository.maven("echo '[INFO] Building gateway 0.1.0-SNAPSHOT     [1/1]'");
        return repository;
    }

    String script() {
        return root.resolve("run").toString();
    }

    void write(String file, String content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    /** What Maven does, beside noting its arguments. */
    void maven(String script) throws IOException {
        command(bin().resolve("mvn"), "echo \"$@\" >>'" + bin() + "/builds'\n" + script);
    }

    /** The arguments of each call of Maven. */
    List<String> builds() throws IOException {
        Path builds = bin().resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
    }

    /** With the Maven of this repository before all others. */
    String path() {
        return bin() + File.pathSeparator + System.getenv("PATH");
    }

    /** With what every system has, and no Maven. */
    String toolsWithoutMaven() throws IOException {
        Path tools = Files.createDirectory(root.resolveSibling("tools"));
        for (String tool : TOOLS) {
            command(tools.resolve(tool), "PATH=/usr/bin:/bin exec " + tool + " \"$@\"");
        }
        return tools.toString();
    }

    static void command(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path bin() {
        return root.resolveSibling("bin");
    }

    /** The classes under test as the jar that a build makes of them. */
    private void writeLauncher() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Launcher.class.getName());
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        Path jar = root.resolve("local/target/launcher.jar");
        Files.createDirectories(jar.getParent());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }
}
