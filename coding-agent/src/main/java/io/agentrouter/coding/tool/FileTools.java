package io.agentrouter.coding.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import io.agentrouter.coding.workspace.DiskFullException;
import io.agentrouter.coding.workspace.WorkspaceException;
import io.agentrouter.coding.workspace.WorkspaceFiles;
import io.agentrouter.coding.workspace.WorkspacePath;
import io.agentrouter.runtime.agent.ToolException;
import io.agentrouter.runtime.agent.ToolOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Read, write and edit, and the way that all tools on files run: off the event loop, in bounded time. */
public final class FileTools {

    private final WorkspaceFiles files;
    private final ToolLimits limits;
    private final Scheduler scheduler;
    private final FindTools find;

    public FileTools(WorkspaceFiles files, ToolLimits limits, Scheduler scheduler) {
        this.files = files;
        this.limits = limits;
        this.scheduler = scheduler;
        this.find = new FindTools(files, limits);
    }

    @Tool("List the files below a directory.")
    Mono<ToolOutput> list(@P(value = "directory; all by default", required = false) @Nullable String path) {
        return run(() -> find.list(Objects.requireNonNullElse(path, ".")));
    }

    @Tool("Find lines by a regular expression (RE2).")
    Mono<ToolOutput> search(
            @P("RE2") String pattern,
            @P(value = "file or directory; all by default", required = false) @Nullable String path) {
        return run(() -> find.search(pattern, Objects.requireNonNullElse(path, ".")));
    }

    @Tool("Read a text file, with line numbers.")
    Mono<ToolOutput> read(
            @P("file") String path, @P(value = "first line, from 1", required = false) @Nullable Integer from) {
        return run(() -> numbered(WorkspacePath.parse(path), Math.max(1, Objects.requireNonNullElse(from, 1))));
    }

    @Tool("Write a whole file, new or not.")
    Mono<ToolOutput> write(@P("file") String path, @P("all of it") String content) {
        return run(() -> store(WorkspacePath.parse(path), content.getBytes(UTF_8)));
    }

    @Tool("Replace a string that occurs exactly once in a file.")
    Mono<ToolOutput> edit(
            @P("file") String path,
            @P("with enough around it to be unique, no line numbers") String old,
            @P("what stands there afterwards") String replacement) {
        return run(() -> replaced(WorkspacePath.parse(path), old, replacement));
    }

    private Mono<ToolOutput> run(Callable<String> work) {
        return Mono.fromCallable(work)
                .map(text -> new ToolOutput(Clip.middle(text, limits.maxOutput()), false))
                .subscribeOn(scheduler)
                .timeout(limits.fileTimeout())
                .onErrorMap(TimeoutException.class, e -> new ToolException("It took too long and was given up."))
                .onErrorMap(IOException.class, FileTools::inWords);
    }

    private static ToolException inWords(IOException e) {
        boolean told = e instanceof WorkspaceException || e instanceof DiskFullException;
        return new ToolException(told ? String.valueOf(e.getMessage()) : "The file system failed.");
    }

    private String numbered(WorkspacePath path, int from) throws IOException {
        List<String> lines = text(path).lines().toList();
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

    private String replaced(WorkspacePath path, String old, String replacement) throws IOException {
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
}
