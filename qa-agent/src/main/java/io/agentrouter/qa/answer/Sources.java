package io.agentrouter.qa.answer;

import io.agentrouter.runtime.agent.RunEvent.Citation;

/** The list under an answer that says where each number in it comes from. */
final class Sources {

    private Sources() {}

    /** One line: number, file, heading. */
    static String line(int number, Citation citation) {
        String heading = citation.heading().isEmpty() ? "" : ", " + citation.heading();
        return "[%d] %s%s".formatted(number, citation.source(), heading);
    }
}
