package io.agentrouter.coding.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.agentrouter.coding.workspace.Entry;
import io.agentrouter.coding.workspace.Entry.Kind;
import io.agentrouter.coding.workspace.WorkspaceException;
import io.agentrouter.coding.workspace.WorkspaceFiles;
import io.agentrouter.coding.workspace.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** List and search. Patterns are RE2's, which no pattern and no text can make slow. */
final class FindTools {

    private static final int MAX_WALKED = 20_000;

    /** Never what somebody looks for, and often more than everything else together. */
    private static final Set<String> PASSED_OVER = Set.of(".git", "node_modules", "__pycache__", ".venv", "target");

    private final WorkspaceFiles files;
    private final ToolLimits limits;

    FindTools(WorkspaceFiles files, ToolLimits limits) {
        this.files = files;
        this.limits = limits;
    }

    String list(String path) throws IOException {
        WorkspacePath start = WorkspacePath.parse(path);
        List<String> lines = new ArrayList<>();
        boolean complete = walk(start, limits.maxResults() * 5, entry -> lines.add(describe(entry)));
        if (lines.isEmpty()) {
            return start + " is empty.";
        }
        return String.join("\n", lines) + (complete ? "" : "\n[more is there: list a directory of it]");
    }

    private static String describe(Entry entry) {
        String path = WorkspacePath.quoted(entry.path().toString());
        String name = path.substring(1, path.length() - 1);
        return switch (entry.kind()) {
            case DIRECTORY -> name + (PASSED_OVER.contains(entry.path().name()) ? "/ (not listed)" : "/");
            case FILE -> name + " (" + entry.size() + " bytes" + (entry.executable() ? ", executable)" : ")");
            case LINK -> name + " (a link, not followed)";
            case OTHER -> name + " (no regular file)";
        };
    }

    String search(String pattern, String path) throws IOException {
        Finder finder = new Finder(compile(pattern));
        WorkspacePath start = WorkspacePath.parse(path);
        boolean complete = true;
        if (files.entry(start).kind() == Kind.DIRECTORY) {
            complete = walk(start, MAX_WALKED, finder);
        } else {
            finder.visit(files.entry(start));
        }
        String rest = complete && !finder.full() ? "" : "\n[not all was searched: search more narrowly]";
        return (finder.found.isEmpty() ? "No line matches." : String.join("\n", finder.found)) + rest;
    }

    private static Pattern compile(String pattern) throws WorkspaceException {
        try {
            return Pattern.compile(Clip.end(pattern, 1000));
        } catch (PatternSyntaxException e) {
            throw new WorkspaceException("The pattern is no regular expression of RE2: " + e.getDescription());
        }
    }

    private boolean walk(WorkspacePath start, int limit, WorkspaceFiles.Visitor visitor) throws IOException {
        return files.walk(start, limit, new WorkspaceFiles.Visitor() {
            @Override
            public void visit(Entry entry) throws IOException {
                visitor.visit(entry);
            }

            @Override
            public boolean enters(Entry directory) {
                return !PASSED_OVER.contains(directory.path().name());
            }
        });
    }

    private final class Finder implements WorkspaceFiles.Visitor {

        private final Pattern pattern;
        private final List<String> found = new ArrayList<>();
        private long left = limits.maxSearched().toBytes();

        Finder(Pattern pattern) {
            this.pattern = pattern;
        }

        boolean full() {
            return found.size() >= limits.maxResults() || left <= 0;
        }

        @Override
        public void visit(Entry entry) {
            if (entry.kind() != Kind.FILE
                    || full()
                    || entry.size() > limits.maxFile().toBytes()) {
                return;
            }
            try {
                byte[] content = files.read(entry.path(), (int) limits.maxFile().toBytes());
                left -= content.length;
                searchIn(entry.path(), new String(content, UTF_8));
            } catch (IOException e) {
                // not readable, or gone: nothing to be found there
            }
        }

        private void searchIn(WorkspacePath path, String text) {
            if (text.indexOf('\0') >= 0) {
                return;
            }
            int number = 0;
            for (String line : (Iterable<String>) text.lines()::iterator) {
                number++;
                if (found.size() < limits.maxResults() && pattern.matcher(line).find()) {
                    found.add(path + ":" + number + ": " + Clip.end(line.strip(), 200));
                }
            }
        }
    }
}
