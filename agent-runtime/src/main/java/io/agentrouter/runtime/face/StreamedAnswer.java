package io.agentrouter.runtime.face;

import io.agentrouter.runtime.agent.FinishReason;
import io.agentrouter.runtime.agent.RunEvent;
import io.agentrouter.runtime.face.ChatCompletionChunk.Delta;
import java.util.ArrayList;
import java.util.List;

/** Turns a run's events into the data of a stream's events, one after the other. */
final class StreamedAnswer {

    private final boolean includeUsage;
    private final Answer answer = new Answer();
    private Envelope envelope;
    private boolean failed;

    StreamedAnswer(Envelope envelope, boolean includeUsage) {
        this.envelope = envelope;
        this.includeUsage = includeUsage;
    }

    /** What to send for an event, possibly nothing: chunks, or an error. */
    List<Object> on(RunEvent event) {
        return switch (event) {
            case RunEvent.Started started -> {
                envelope = envelope.in(started.mode());
                yield List.of(envelope.delta(Delta.ROLE));
            }
            case RunEvent.TextDelta delta -> say(delta.text());
            case RunEvent.ToolCalled call -> List.of(envelope.called(call));
            case RunEvent.ToolReturned result -> List.of(envelope.returned(result));
            case RunEvent.Citation citation -> {
                answer.cite(citation);
                yield List.of();
            }
            case RunEvent.Usage usage -> {
                answer.use(usage.tokens());
                yield List.of();
            }
            case RunEvent.Done done -> end(done.reason());
            case RunEvent.Failed failed -> fail(failed);
        };
    }

    /** Whether the run failed: such a stream ends without {@code [DONE]}. */
    boolean failed() {
        return failed;
    }

    private List<Object> fail(RunEvent.Failed event) {
        failed = true;
        return List.of(new ErrorBody.InStream(ErrorBody.OpenAiError.of(event.error())));
    }

    private List<Object> say(String text) {
        answer.say(text);
        return List.of(envelope.delta(Delta.text(text)));
    }

    /** All annotations in one chunk: SDKs that add deltas up cannot add two lists of them. */
    private List<Object> end(FinishReason reason) {
        List<Object> last = new ArrayList<>();
        int said = answer.length();
        List<Annotation> annotations = answer.listSources();
        if (!annotations.isEmpty()) {
            last.add(envelope.delta(new Delta(null, answer.since(said), annotations)));
        }
        last.add(envelope.end(reason));
        if (includeUsage) {
            last.add(envelope.usage(answer));
        }
        return last;
    }
}
