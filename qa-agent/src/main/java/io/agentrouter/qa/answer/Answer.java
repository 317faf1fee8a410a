package io.agentrouter.qa.answer;

import io.agentrouter.runtime.agent.RunEvent.Citation;
import java.util.List;

/** Text for the client and what it rests on; no citations when the documents do not say. */
public record Answer(String text, List<Citation> citations) {

    public Answer {
        citations = List.copyOf(citations);
    }
}
