package io.agentrouter.runtime;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the runtime has to know about an agent. Sizes are written as in Kubernetes ({@code 512Mi}) or as {@code 512MB}; both mean 2^20.
 *
 * @param type the agent type, as in the gateway's catalog
 * @param memoryLimit the memory of the whole pod
 * @param baseMemory what the agent takes before its first run
 * @param memoryPerRun what one run takes; a pod has (limit - base) / this slots
 * @param acceptsFiles whether a request may carry OpenAI file content parts
 * @param maxBody the largest request body
 * @param bodyIdle the longest silence within a request's body
 * @param answerTimeout the longest time from a run's slot to its end
 * @param tokenAllowance the tokens that the model turns of one run may write in sum, unless the request says less
 * @param heartbeat after this much silence an event stream carries a comment line
 * @param checkDeadline how long one health check may take
 * @param lameDuck how long a draining agent at least goes on refusing, so that clients with kept-alive connections notice
 */
@Validated
@ConfigurationProperties("agent")
public record AgentProperties(
        @NotBlank String type,
        @DefaultValue("512Mi") DataSize memoryLimit,
        @DefaultValue("320Mi") DataSize baseMemory,
        @DefaultValue("12Mi") DataSize memoryPerRun,
        @DefaultValue("false") boolean acceptsFiles,
        @DefaultValue("32Mi") DataSize maxBody,
        @DefaultValue("30s") Duration bodyIdle,
        @DefaultValue("10m") Duration answerTimeout,
        @DefaultValue("100000") @Positive long tokenAllowance,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("2s") Duration checkDeadline,
        @DefaultValue("2s") Duration lameDuck) {

    /** Runs that the memory holds at once. */
    public int slots() {
        return Math.toIntExact((memoryLimit.toBytes() - baseMemory.toBytes()) / memoryPerRun.toBytes());
    }

    @AssertTrue(message = "agent.memory-limit less agent.base-memory must hold at least one agent.memory-per-run")
    boolean isRoomForOneRun() {
        return memoryPerRun.toBytes() > 0 && slots() > 0;
    }
}
