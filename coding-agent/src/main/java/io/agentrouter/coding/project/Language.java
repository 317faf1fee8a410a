package io.agentrouter.coding.project;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A way to test, and how to read what it prints: which line it names, what it misses, whether any test was run. */
public enum Language {
    PYTHON(
            "Python",
            lines("File \"(?<path>[^\"]+)\", line (?<line>\\d+)", "^(?<path>[^\\s:]+\\.py):(?<line>\\d+): "),
            lines("No module named '?(?<name>[\\w.-]+)"),
            "^Ran 0 tests|^no tests ran|^NO TESTS RAN"),
    MAVEN(
            "Maven",
            lines(
                    "(?<path>[^\\s:\\[(]+\\.java):\\[(?<line>\\d+),\\d+\\]",
                    "\\((?<path>[\\w$]+\\.java):(?<line>\\d+)\\)",
                    "^\\[ERROR\\]\\s+(?<path>\\w+)\\.\\w+(?:->\\S+)?:(?<line>\\d+)"),
            lines(
                    "offline mode and the artifact (?<name>\\S+) has not been downloaded",
                    "release version (?<name>\\S+) not"),
            "\\A(?![\\s\\S]*Tests run: [1-9])"),
    NODE(
            "Node",
            lines("(?<path>(?:file://)?[^\\s:('\"]+\\.[cm]?[jt]sx?):(?<line>\\d+)"),
            lines("Cannot find (?:module|package) '(?<name>[^'./][^']*)'"),
            "^(?:#|\u2139) tests 0$"),
    GO(
            "Go",
            lines("(?<path>[^\\s:]+\\.go):(?<line>\\d+)"),
            lines(
                    "^go: downloading (?<name>\\S+ \\S+)",
                    "cannot find module providing package (?<name>[^\\s:]+)",
                    "requires (?<name>go >= \\S+)"),
            "\\A(?![\\s\\S]*^ok\\s)"),
    MAKE(
            "make",
            lines("(?<path>[^\\s:\\[(]+\\.\\w+):(?<line>\\d+)", "\\[(?<path>(?:GNU)?[Mm]akefile):(?<line>\\d+): "),
            lines("^make: (?<name>[\\w.+-]+): No such file or directory"),
            "(?!)");

    /** As a shell says it. */
    private static final Pattern PROGRAM = Pattern.compile(
            "^(?:\\S*sh: )(?:line )?(?:\\d+: )?(?<name>[\\w.+-]+): (?:command )?not found$", Pattern.MULTILINE);

    private final String title;
    private final String places;
    private final String missing;
    private final String nothingRan;

    Language(String title, String places, String missing, String nothingRan) {
        this.title = title;
        this.places = places;
        this.missing = missing;
        this.nothingRan = nothingRan;
    }

    public String title() {
        return title;
    }

    /** Patterns with the groups {@code path} and {@code line}. */
    Stream<Pattern> places() {
        return places.lines().map(Pattern::compile);
    }

    /** What a test run wanted and did not find, in the order in which it was printed. */
    Stream<String> missing(String output) {
        return Stream.concat(missing.lines().map(line -> Pattern.compile(line, Pattern.MULTILINE)), Stream.of(PROGRAM))
                .flatMap(pattern -> pattern.matcher(output).results())
                .map(found -> found.group("name"))
                .distinct();
    }

    /** Whether a test run that ended well ran no test at all. */
    boolean nothingRan(String output) {
        return Pattern.compile(nothingRan, Pattern.MULTILINE).matcher(output).find();
    }

    private static String lines(String... patterns) {
        return String.join("\n", patterns);
    }
}
