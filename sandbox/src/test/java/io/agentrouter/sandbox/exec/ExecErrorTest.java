package io.agentrouter.sandbox.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.sandbox.isolation.Isolation;
import io.agentrouter.sandbox.isolation.Job;
import io.agentrouter.sandbox.isolation.Walls;
import io.agentrouter.sandbox.settings.SandboxProperties;
import io.agentrouter.sandbox.workspace.Workspaces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.test.StepVerifier;

/** What no command can bring about in a test for certain. */
class ExecErrorTest {

    @TempDir
    private Path directory;

    @Test
    void errorAtAStart_endsTheCallWithAnError_andItsPlaceIsFree() {
        Job job = new Job("any", directory, Path.of(""), List.of("true"), Duration.ofSeconds(5));

        new ApplicationContextRunner()
                .withBean(SandboxProperties.class, () -> SandboxSettings.in(directory, Map.of("concurrent", "1")))
                .withBean(Walls.class, () -> new Walls(Optional.of(new NoThreads()), "None here."))
                .withUserConfiguration(Workspaces.class, Watch.class, Exec.class)
                .run(context -> {
                    Exec exec = context.getBean(Exec.class);
                    for (int i = 0; i < 2; i++) {
                        StepVerifier.create(exec.run(job))
                                .expectErrorSatisfies(e -> assertThat(e)
                                        .isInstanceOf(IllegalStateException.class)
                                        .hasRootCauseInstanceOf(OutOfMemoryError.class))
                                .verify(Duration.ofSeconds(5));
                    }
                });
    }

    /** Where commands have taken all threads there may be. */
    private record NoThreads() implements Isolation {

        @Override
        public String mode() {
            return "none";
        }

        @Override
        public List<String> separates() {
            return List.of();
        }

        @Override
        public Process start(Job job, Starter starter) {
            throw new OutOfMemoryError("unable to create native thread");
        }

        @Override
        public boolean inPlace() {
            return false;
        }

        @Override
        public Optional<Path> temporary(Job job) {
            return Optional.empty();
        }

        @Override
        public void deleteShared() {}

        @Override
        public List<String> searchPath() {
            return List.of();
        }
    }
}
