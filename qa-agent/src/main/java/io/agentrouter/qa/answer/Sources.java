package io.agentrouter.qa.answer;

import io.agentrouter.runtime.agent.RunEvent.Citation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The list under an answer that says where each number in it comes from. */
final class Sources {

    private Sources() {}

    /** Citations numbered from 1. */
    static String list(List<Citation> citations) {
        return IntStream.range(0, citations.size())
                .mapToObj(i -> line(i + 1, citations.get(i)))
                .collect(Collectors.joining("\n", "Sources:\n", ""));
    }

    /** One line: number, file, heading. */
    static String line(int number, Citation citation) {
        String heading = citation.heading().isEmpty() ? "" : ", " + citation.heading();
        return "[%d] %s%s".formatted(number, citation.source(), heading);
    }
}
