package io.agentrouter.runtime.memory;

import static io.agentrouter.runtime.memory.Talk.remembered;
import static io.agentrouter.runtime.memory.Talk.say;
import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.runtime.testing.RedisServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisServer;

class KilledPodTest {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final String HOLDS = "holds the turn";

    @Test
    @Tag("slow")
    @Timeout(60)
    void podThatIsKilledInItsTurn_letsTheNextBeginAfterItsLease() throws IOException {
        RedisServer redis = RedisServers.start();
        int port = redis.ports().getFirst();
        try (Pod pod = Pod.start(port, "agent.conversation.lease=" + LEASE.toMillis() + "ms")) {
            say(pod, "killed", "before", "said");
            killWhenItHoldsTheTurn(port);
            long killed = System.nanoTime();

            assertThat(pod.inLine("killed")).isEqualTo(1);
            assertThat(remembered(pod, "killed")).containsExactly("before", "said");
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(LEASE.plusSeconds(2));
        } finally {
            redis.stop();
        }
    }

    private static void killWhenItHoldsTheTurn(int port) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.lines().anyMatch(HOLDS::equals)).isTrue();
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    /** Another pod, in a process of its own, which takes the turn and keeps it. */
    static final class Holder {

        private Holder() {}

        static void main(String[] arguments) throws InterruptedException {
            Pod pod = Pod.start(Integer.parseInt(arguments[0]), "agent.conversation.lease=" + LEASE.toMillis() + "ms");
            pod.open("killed");
            System.out.println(HOLDS);
            Thread.currentThread().join();
        }
    }
}
