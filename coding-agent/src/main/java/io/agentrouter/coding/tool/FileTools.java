package io.agentrouter.coding.tool;

import static io.agentrouter.coding.tool.JsonTool.required;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.agentrouter.coding.workspace.WorkspaceException;
import io.agentrouter.coding.workspace.WorkspaceFiles;
import io.agentrouter.coding.workspace.WorkspacePath;
import io.agentrouter.runtime.agent.Tool;
import io.agentrouter.runtime.agent.ToolOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Read, write and edit, and the way that all tools on files run: off the event loop, in bounded time. */
public final class FileTools {

    private final WorkspaceFiles files;
    private final ToolLimits limits;
    private final Scheduler scheduler;

    public FileTools(WorkspaceFiles files, ToolLimits limits, Scheduler scheduler) {
        this.files = files;
        this.limits = limits;
        this.scheduler = scheduler;
    }

    record Read(@Nullable String path, @Nullable Integer from) {}

    record Write(@Nullable String path, @Nullable String content) {}

    record Edit(
            @Nullable String path,
            @Nullable String old,
            @Nullable String replacement) {}

    /** All tools on files. */
    public List<Tool> tools() {
        FindTools find = new FindTools(files, limits);
        return List.of(
                JsonTool.of(
                        "list",
                        "List the files below a directory.",
                        """
                        {"type":"object","properties":{
                        "path":{"type":"string","description":"directory, \\".\\" for all"}},"required":[]}""",
                        FindTools.Listing.class,
                        arguments -> run(arguments, find::list)),
                JsonTool.of(
                        "read",
                        "Read a text file, with line numbers.",
                        """
                        {"type":"object","properties":{"path":{"type":"string"},
                        "from":{"type":"integer","description":"first line, from 1"}},"required":["path"]}""",
                        Read.class,
                        arguments -> run(arguments, this::read)),
                JsonTool.of(
                        "search",
                        "Find lines by a regular expression (RE2).",
                        """
                        {"type":"object","properties":{"pattern":{"type":"string"},
                        "path":{"type":"string","description":"file or directory, all by default"}},"required":["pattern"]}""",
                        FindTools.Search.class,
                        arguments -> run(arguments, find::search)),
                JsonTool.of(
                        "write",
                        "Write a whole file, new or not.",
                        """
                        {"type":"object","properties":{"path":{"type":"string"},"content":{"type":"string"}},
                        "required":["path","content"]}""",
                        Write.class,
                        arguments -> run(arguments, this::write)),
                JsonTool.of(
                        "edit",
                        "Replace a string that occurs exactly once in a file.",
                        """
                        {"type":"object","properties":{"path":{"type":"string"},
                        "old":{"type":"string","description":"with enough around it to be unique, no line numbers"},
                        "replacement":{"type":"string"}},"required":["path","old","replacement"]}""",
                        Edit.class,
                        arguments -> run(arguments, this::edit)));
    }

    private <A> Mono<ToolOutput> run(A arguments, JsonTool.Work<A> work) {
        return Mono.fromCallable(() -> new ToolOutput(Clip.middle(work.run(arguments), limits.maxOutput()), false))
                .subscribeOn(scheduler)
                .timeout(limits.fileTimeout())
                .onErrorResume(WorkspaceException.class, e -> JsonTool.failed(e.getMessage()))
                .onErrorResume(TimeoutException.class, e -> JsonTool.failed("It took too long and was given up."))
                .onErrorResume(IOException.class, e -> JsonTool.failed("The file system failed."));
    }

    private String read(Read arguments) throws IOException {
        WorkspacePath path = path(arguments.path());
        List<String> lines = text(path).lines().toList();
        int from = Math.max(1, Objects.requireNonNullElse(arguments.from(), 1));
        StringBuilder shown = new StringBuilder();
        int line = from;
        for (;
                line <= lines.size() && line < from + limits.maxLines() && shown.length() < limits.maxOutput() / 2;
                line++) {
            shown.append("%5d\t%s%n".formatted(line, Clip.end(lines.get(line - 1), 500)));
        }
        String rest = line <= lines.size() ? "[read from line " + line + " for more]\n" : "";
        return path + ", " + lines.size() + " lines\n" + shown + rest;
    }

    private String write(Write arguments) throws IOException {
        WorkspacePath path = path(arguments.path());
        byte[] content = required(arguments.content(), "content").getBytes(UTF_8);
        return store(path, content);
    }

    private String edit(Edit arguments) throws IOException {
        WorkspacePath path = path(arguments.path());
        String old = required(arguments.old(), "old");
        String replacement = required(arguments.replacement(), "replacement");
        String text = text(path);
        int at = old.isEmpty() ? -1 : text.indexOf(old);
        if (at < 0) {
            throw new WorkspaceException(path + " does not hold the string \"old\", letter by letter: read it again.");
        }
        if (text.indexOf(old, at + 1) >= 0) {
            throw new WorkspaceException(
                    "The string \"old\" occurs more than once in " + path + ": give more around it.");
        }
        return store(path, (text.substring(0, at) + replacement + text.substring(at + old.length())).getBytes(UTF_8));
    }

    private String store(WorkspacePath path, byte[] content) throws IOException {
        if (content.length > limits.maxFile().toBytes()) {
            throw new WorkspaceException("A file may have " + limits.maxFile().toKilobytes() + " KiB at most.");
        }
        files.write(path, content);
        return "Wrote " + path + ", " + content.length + " bytes.";
    }

    private String text(WorkspacePath path) throws IOException {
        byte[] content = files.read(path, (int) limits.maxFile().toBytes());
        String text = new String(content, UTF_8);
        if (!Arrays.equals(text.getBytes(UTF_8), content)) {
            throw new WorkspaceException(path + " is not UTF-8 text.");
        }
        return text;
    }

    private static WorkspacePath path(@Nullable String path) throws WorkspaceException {
        return WorkspacePath.parse(required(path, "path"));
    }
}
