package io.agentrouter.runtime.memory;

import io.agentrouter.runtime.agent.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation as it was read.
 *
 * @param turns oldest first
 * @param last the token of the turn that was appended last, empty if there is none
 */
record History(List<RememberedTurn> turns, String last) {

    List<Message> messages() {
        return turns.stream().flatMap(turn -> turn.messages().stream()).toList();
    }

    History plus(RememberedTurn turn) {
        List<RememberedTurn> all = new ArrayList<>(turns);
        all.add(turn);
        return new History(all, last);
    }

    /** The latest turns that the bound holds: none, if it does not hold the latest. */
    History within(long tokens) {
        long left = tokens;
        int from = turns.size();
        while (from > 0 && turns.get(from - 1).tokens() <= left) {
            from--;
            left -= turns.get(from).tokens();
        }
        return new History(turns.subList(from, turns.size()), last);
    }
}
