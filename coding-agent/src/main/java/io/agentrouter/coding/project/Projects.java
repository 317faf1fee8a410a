package io.agentrouter.coding.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentrouter.coding.workspace.Entry;
import io.agentrouter.coding.workspace.Entry.Kind;
import io.agentrouter.coding.workspace.WorkspaceException;
import io.agentrouter.coding.workspace.WorkspaceFiles;
import io.agentrouter.coding.workspace.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Finds the projects in a workspace by the files that are there. It blocks. */
public final class Projects {

    private static final int MAX_WALKED = 20_000;
    private static final int MAX_FILE = 1 << 20;
    private static final Set<String> PASSED_OVER =
            Set.of(".git", "node_modules", "vendor", "target", "build", "dist", ".venv", "venv", "__pycache__");
    private static final List<String> MAKEFILES = List.of("Makefile", "makefile", "GNUmakefile");
    private static final Pattern MAKE_TARGET = Pattern.compile("^(test|check)\\s*:(?!=)", Pattern.MULTILINE);

    private final WorkspaceFiles files;
    private final Set<WorkspacePath> seen = new TreeSet<>();

    private Projects(WorkspaceFiles files) {
        this.files = files;
    }

    /** The projects nearest to the root, one for each language. */
    public static List<Project> find(WorkspaceFiles files) throws IOException {
        Projects projects = new Projects(files);
        projects.look();
        return projects.all();
    }

    private void look() throws IOException {
        files.walk(WorkspacePath.ROOT, MAX_WALKED, new WorkspaceFiles.Visitor() {
            @Override
            public void visit(Entry entry) {
                if (entry.kind() == Kind.FILE) {
                    seen.add(entry.path());
                }
            }

            @Override
            public boolean enters(Entry directory) {
                return !PASSED_OVER.contains(directory.path().name());
            }
        });
    }

    private List<Project> all() throws IOException {
        List<Project> found = new ArrayList<>();
        nearest("pom.xml").ifPresent(at -> found.add(new Project(Language.MAVEN, at, "mvn -B -ntp -o test")));
        nearest("go.mod")
                .ifPresent(at -> found.add(
                        new Project(Language.GO, at, "GOFLAGS=-mod=mod GOPROXY=off GOTOOLCHAIN=local go test ./...")));
        node().ifPresent(found::add);
        new PythonTests(files, seen).find().ifPresent(found::add);
        make(found.isEmpty()).ifPresent(found::add);
        return List.copyOf(found);
    }

    private Optional<Project> node() throws IOException {
        Optional<WorkspacePath> at = nearest("package.json");
        if (at.isEmpty()) {
            return Optional.empty();
        }
        boolean script = hasTestScript(text(at.get(), "package.json"));
        return Optional.of(new Project(Language.NODE, at.get(), script ? "npm test" : "node --test"));
    }

    private static boolean hasTestScript(String packageJson) {
        try {
            return JsonMapper.shared().readTree(packageJson).path("scripts").hasNonNull("test");
        } catch (JacksonException e) {
            return false;
        }
    }

    /** A makefile without a target for tests counts only if there is nothing else to run. */
    private Optional<Project> make(boolean alone) throws IOException {
        for (String name : MAKEFILES) {
            Optional<WorkspacePath> at = nearest(name);
            if (at.isPresent()) {
                var target = MAKE_TARGET.matcher(text(at.get(), name));
                boolean tests = target.find();
                return tests || alone
                        ? Optional.of(new Project(Language.MAKE, at.get(), tests ? "make " + target.group(1) : "make"))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<WorkspacePath> nearest(String name) {
        return nearest(seen, name);
    }

    static Optional<WorkspacePath> nearest(Set<WorkspacePath> seen, String name) {
        return seen.stream()
                .filter(path -> path.name().equals(name))
                .min((a, b) -> Integer.compare(a.names().size(), b.names().size()))
                .map(WorkspacePath::parent);
    }

    private String text(WorkspacePath directory, String name) throws IOException {
        List<String> names = new ArrayList<>(directory.names());
        names.add(name);
        return text(files, new WorkspacePath(names));
    }

    /** A file's text; empty if it is too large to look into or cannot be read, which is no reason to refuse a request. */
    static String text(WorkspaceFiles files, WorkspacePath path) throws IOException {
        try {
            return new String(files.read(path, MAX_FILE), UTF_8);
        } catch (WorkspaceException e) {
            return "";
        }
    }
}
