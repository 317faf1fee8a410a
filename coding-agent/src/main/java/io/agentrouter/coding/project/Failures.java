package io.agentrouter.coding.project;

import io.agentrouter.coding.tool.Clip;
import io.agentrouter.coding.workspace.Entry;
import io.agentrouter.coding.workspace.Entry.Kind;
import io.agentrouter.coding.workspace.Workspace;
import io.agentrouter.coding.workspace.WorkspaceFiles;
import io.agentrouter.coding.workspace.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the places out of what a test run printed that are lines of the workspace's own files. It blocks. */
public final class Failures {

    private static final int MAX_WALKED = 20_000;
    private static final int MAX_FAILURES = 20;
    private static final int MAX_LINE = 2000;
    private static final Pattern SAYS_WHAT = Pattern.compile(
            "Error|Exception|assert|expected|panic|FAIL|undefined|undeclared|cannot", Pattern.CASE_INSENSITIVE);

    /** After a place: something is said, and not only in which function. */
    private static final Pattern SENTENCE = Pattern.compile("(:\\d+)?: \\S");

    /** Where the sandbox shows the workspace, and what it is called where commands are run in place. */
    private final Pattern root;

    private final Map<String, List<WorkspacePath>> filesByName = new HashMap<>();

    public Failures(Workspace workspace) throws IOException {
        root = Pattern.compile("^(?:file://)?(?:/workspace|/.*/" + Pattern.quote(workspace.name()) + ")/");
        workspace.files().walk(WorkspacePath.ROOT, MAX_WALKED, new WorkspaceFiles.Visitor() {
            @Override
            public void visit(Entry entry) {
                if (entry.kind() == Kind.FILE) {
                    filesByName
                            .computeIfAbsent(entry.path().name(), name -> new ArrayList<>())
                            .add(entry.path());
                }
            }

            @Override
            public boolean enters(Entry directory) {
                return !directory.path().name().equals("node_modules");
            }
        });
    }

    /** The places in the order in which they were printed, each once. */
    public List<Failure> in(Project project, String output) {
        List<Pattern> patterns = project.language().places().toList();
        List<String> lines = output.lines()
                .map(line -> line.substring(0, Math.min(MAX_LINE, line.length())))
                .toList();
        Map<String, Failure> found = new LinkedHashMap<>();
        for (int i = 0; i < lines.size() && found.size() < MAX_FAILURES; i++) {
            for (Pattern pattern : patterns) {
                for (Matcher place = pattern.matcher(lines.get(i)); place.find(); ) {
                    String said = said(lines, i, place.end());
                    failure(project, place, said)
                            .ifPresent(failure -> found.putIfAbsent(failure.path() + ":" + failure.line(), failure));
                }
            }
        }
        return List.copyOf(found.values());
    }

    private Optional<Failure> failure(Project project, Matcher place, String said) {
        try {
            int line = Integer.parseInt(place.group("line"));
            return own(project, place.group("path")).map(path -> new Failure(path, line, said));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Tools print names in full, relative to where they ran, or without any directory. */
    private Optional<WorkspacePath> own(Project project, String printed) {
        String relative = root.matcher(printed).replaceFirst("").replaceFirst("^\\./", "");
        String below = project.directory().isRoot() ? relative : project.directory() + "/" + relative;
        return Stream.of(relative, below, relative + ".java", "/" + relative, "/" + relative + ".java")
                .flatMap(this::files)
                .findFirst();
    }

    /** A path, or, after a slash, the end of one. */
    private Stream<WorkspacePath> files(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return filesByName.getOrDefault(name, List.of()).stream()
                .filter(file -> path.startsWith("/")
                        ? file.toString().endsWith(path)
                        : file.toString().equals(path));
    }

    /** The line itself if it says what is wrong, else the next of the following lines that does. */
    private static String said(List<String> lines, int at, int end) {
        if (SENTENCE.matcher(lines.get(at)).region(end, lines.get(at).length()).lookingAt()) {
            return shortened(lines.get(at).strip());
        }
        String said = lines.subList(at, Math.min(lines.size(), at + 6)).stream()
                .filter(line -> SAYS_WHAT
                        .matcher(line.replaceAll("\\S*[/.]\\w+\\S*", ""))
                        .find())
                .findFirst()
                .orElse(lines.get(at))
                .strip();
        return shortened(said);
    }

    private static String shortened(String said) {
        return Clip.end(said, 200);
    }
}
