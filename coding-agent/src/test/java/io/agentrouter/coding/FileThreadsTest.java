package io.agentrouter.coding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.scheduler.Scheduler;

/** {@code coding.file-threads}. */
class FileThreadsTest {

    @TempDir
    private Path temp;

    @Test
    void workOnFiles_isDoneByAsManyThreadsAtOnceAsConfigured() {
        new ApplicationContextRunner()
                .withUserConfiguration(CodingConfiguration.class)
                .withPropertyValues("coding.workspaces=" + temp.resolve("w"), "coding.file-threads=2")
                .run(context -> {
                    Scheduler files = context.getBean(Scheduler.class);
                    var atWork = new Semaphore(0);
                    var end = new Semaphore(0);
                    for (int i = 0; i < 6; i++) {
                        files.schedule(() -> {
                            atWork.release();
                            end.acquireUninterruptibly();
                        });
                    }

                    assertThat(atWork.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
                    assertThat(atWork.tryAcquire(300, TimeUnit.MILLISECONDS)).isFalse();
                    end.release(6);
                    assertThat(atWork.tryAcquire(4, 10, TimeUnit.SECONDS)).isTrue();
                });
    }
}
