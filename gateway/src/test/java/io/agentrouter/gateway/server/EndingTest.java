package io.agentrouter.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class EndingTest {

    private final List<String> seen = new ArrayList<>();
    private final Ending.Listener listener =
            (how, error) -> seen.add(error == null ? how.name() : how + " " + error.getMessage());

    @Test
    void completion_isToldBeforeItIsPassedOn() {
        Ending.of(Mono.empty(), listener).subscribe(never -> {}, error -> {}, () -> seen.add("passed on"));

        assertThat(seen).containsExactly(SignalType.ON_COMPLETE.name(), "passed on");
    }

    @Test
    void failure_isToldBeforeItIsPassedOn() {
        Ending.of(Mono.error(new IllegalStateException("broken")), listener)
                .subscribe(never -> {}, error -> seen.add("passed on"));

        assertThat(seen).containsExactly(SignalType.ON_ERROR.toString() + " broken", "passed on");
    }

    @Test
    void cancelling_endsTheSourceFirst_andWhatComesAfterIsNotTold() {
        TestPublisher<Void> source = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
        StepVerifier.create(Ending.of(source.mono(), (how, error) -> {
                    source.assertCancelled();
                    listener.ended(how, error);
                }))
                .thenCancel()
                .verify();
        source.complete();

        assertThat(seen).containsExactly(SignalType.CANCEL.name());
    }

    @Test
    void listenerThatFails_doesNotKeepTheEndBack() {
        StepVerifier.create(Ending.of(Mono.empty(), (how, error) -> {
                    throw new IllegalStateException("a defect");
                }))
                .verifyComplete();
    }
}
