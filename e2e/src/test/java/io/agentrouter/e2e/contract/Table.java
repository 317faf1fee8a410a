package io.agentrouter.e2e.contract;

import io.agentrouter.e2e.system.Repository;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A table of docs/contract.md. */
final class Table {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private Table() {}

    /** The rows of the table under a heading, cell by cell, without its head. */
    static List<List<String>> under(String heading) {
        return Repository.read("docs/contract.md")
                .lines()
                .dropWhile(line -> !line.equals("## " + heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Stream.of(line.substring(1).split("(?<!\\\\)\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** What stands in backquotes in a cell. */
    static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(match -> match.group(1)).toList();
    }
}
