package io.agentrouter.runtime.memory;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How conversations are kept.
 *
 * @param tokens the most tokens, estimated, that are remembered of a conversation
 * @param ttl how long after its latest turn a conversation is forgotten
 * @param redisWait how long a run that names a conversation waits for Redis
 * @param turnWait how long a run waits for earlier turns of its conversation to end
 * @param maxWaiting how many runs may wait in one conversation
 * @param lease how long after its last sign of life a turn, waiting or running, loses its place
 * @param poll how often a waiting run asks whether it is its turn, which is its sign of life
 */
@Validated
@ConfigurationProperties("agent.conversation")
record ConversationProperties(
        @DefaultValue("16000") @Positive long tokens,
        @DefaultValue("24h") @DurationMin(millis = 1) Duration ttl,
        @DefaultValue("15s") @DurationMin(millis = 1) Duration redisWait,
        @DefaultValue("20s") @DurationMin(millis = 1) Duration turnWait,
        @DefaultValue("16") @PositiveOrZero int maxWaiting,
        @DefaultValue("10s") @DurationMin(millis = 100) Duration lease,
        @DefaultValue("100ms") @DurationMin(millis = 1) Duration poll) {

    /** How long a run waits in all, for Redis and for its turn. */
    Duration longestWait() {
        return redisWait.compareTo(turnWait) > 0 ? redisWait : turnWait;
    }

    @AssertTrue(message = "agent.conversation.poll must be at most a third of agent.conversation.lease")
    boolean isPollWithinLease() {
        return poll.multipliedBy(3).compareTo(lease) <= 0;
    }
}
