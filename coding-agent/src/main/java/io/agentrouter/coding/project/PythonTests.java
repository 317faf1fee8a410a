package io.agentrouter.coding.project;

import io.agentrouter.coding.workspace.WorkspaceFiles;
import io.agentrouter.coding.workspace.WorkspacePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Python's tests: pytest where the project wants it, unittest else. */
final class PythonTests {

    private static final Pattern TEST = Pattern.compile("test_?.*\\.py|.*_test\\.py");
    private static final Pattern WANTS_PYTEST =
            Pattern.compile("^(import|from) pytest|^def test_|^\\[tool\\.pytest|^\\[tool:pytest\\]", Pattern.MULTILINE);
    private static final Set<String> CONFIGURATION = Set.of("pyproject.toml", "setup.cfg", "tox.ini");
    private static final Set<String> PYTEST_FILES = Set.of("pytest.ini", "conftest.py");

    private final WorkspaceFiles files;
    private final Set<WorkspacePath> seen;

    PythonTests(WorkspaceFiles files, Set<WorkspacePath> seen) {
        this.files = files;
        this.seen = seen;
    }

    Optional<Project> find() throws IOException {
        List<WorkspacePath> tests = seen.stream()
                .filter(path -> TEST.matcher(path.name()).matches())
                .toList();
        if (tests.isEmpty()) {
            return Optional.empty();
        }
        WorkspacePath root = root(tests.getFirst());
        return Optional.of(new Project(Language.PYTHON, root, wantsPytest() ? pytest(root) : unittest(root, tests)));
    }

    /** Where a build file stands above the tests, or above a folder named tests, or their own folder. */
    private WorkspacePath root(WorkspacePath test) {
        for (WorkspacePath at = test; !at.isRoot(); at = at.parent()) {
            WorkspacePath directory = at.parent();
            if (seen.stream()
                    .anyMatch(path -> path.parent().equals(directory)
                            && (CONFIGURATION.contains(path.name())
                                    || path.name().equals("setup.py")))) {
                return directory;
            }
        }
        WorkspacePath folder = test.parent();
        return !folder.isRoot() && folder.name().startsWith("test") ? folder.parent() : folder;
    }

    private boolean wantsPytest() throws IOException {
        for (WorkspacePath path : seen) {
            if (PYTEST_FILES.contains(path.name())) {
                return true;
            }
            boolean telling = CONFIGURATION.contains(path.name())
                    || TEST.matcher(path.name()).matches();
            if (telling && WANTS_PYTEST.matcher(Projects.text(files, path)).find()) {
                return true;
            }
        }
        return false;
    }

    private String pytest(WorkspacePath root) {
        return path(root) + "python3 -m pytest -q --tb=short -p no:cacheprovider";
    }

    private String unittest(WorkspacePath root, List<WorkspacePath> tests) {
        WorkspacePath folder = tests.getFirst().parent();
        boolean isPackage = seen.stream()
                .anyMatch(path -> path.parent().equals(folder) && path.name().equals("__init__.py"));
        String below = String.join(
                "/", folder.names().subList(root.names().size(), folder.names().size()));
        if (below.isEmpty()) {
            return path(root) + "python3 -m unittest discover";
        }
        String quoted = "'" + below.replace("'", "'\\''") + "'";
        return path(root) + "python3 -m unittest discover -s " + quoted + (isPackage ? " -t ." : "");
    }

    private String path(WorkspacePath root) {
        boolean src = seen.stream()
                .anyMatch(path -> path.names().size() > root.names().size() + 1
                        && path.toString().startsWith(root.isRoot() ? "src/" : root + "/src/"));
        return src ? "PYTHONPATH=\"src:.:$PYTHONPATH\" " : "";
    }
}
