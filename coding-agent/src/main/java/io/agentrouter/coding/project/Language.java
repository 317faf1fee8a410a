package io.agentrouter.coding.project;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A way to test, and how its output names a line: each pattern has the groups {@code path} and {@code line}. */
public enum Language {
    PYTHON("Python", "File \"(?<path>[^\"]+)\", line (?<line>\\d+)", "^(?<path>[^\\s:]+\\.py):(?<line>\\d+): "),
    MAVEN(
            "Maven",
            "(?<path>[^\\s:\\[(]+\\.java):\\[(?<line>\\d+),\\d+\\]",
            "\\((?<path>[\\w$]+\\.java):(?<line>\\d+)\\)",
            "^\\[ERROR\\]\\s+(?<path>\\w+)\\.\\w+(?:->\\S+)?:(?<line>\\d+)"),
    NODE("Node", "(?<path>(?:file://)?[^\\s:('\"]+\\.[cm]?[jt]sx?):(?<line>\\d+)"),
    GO("Go", "(?<path>[^\\s:]+\\.go):(?<line>\\d+)"),
    MAKE("make", "(?<path>[^\\s:\\[(]+\\.\\w+):(?<line>\\d+)", "\\[(?<path>[Mm]akefile):(?<line>\\d+): "),
    ;

    private final String title;
    private final String patterns;

    Language(String title, String... patterns) {
        this.title = title;
        this.patterns = String.join("\n", patterns);
    }

    public String title() {
        return title;
    }

    Stream<Pattern> places() {
        return patterns.lines().map(Pattern::compile);
    }
}
