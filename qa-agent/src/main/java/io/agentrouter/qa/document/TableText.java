package io.agentrouter.qa.document;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Table rows as statements that can be found and understood alone: {@code agent: coding; memory: 4Gi}. */
final class TableText {

    private TableText() {}

    /** Joins a row's cells, each with its column's name before it where it has one; empty cells are left out. */
    static String row(List<String> columns, List<String> cells) {
        return IntStream.range(0, cells.size())
                .filter(i -> !cells.get(i).isBlank())
                .mapToObj(i -> i < columns.size() && !columns.get(i).isBlank()
                        ? columns.get(i) + ": " + cells.get(i)
                        : cells.get(i))
                .collect(Collectors.joining("; "));
    }
}
