package io.agentrouter.coding.archive;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agentrouter.coding.workspace.Workspace;
import io.agentrouter.coding.workspace.WorkspaceException;
import io.agentrouter.coding.workspace.WorkspaceTests;
import io.agentrouter.runtime.agent.InputFile;
import java.io.IOException;
import java.util.List;
import org.springframework.util.unit.DataSize;

/** Unpacks into a workspace, within limits that a test can reach. */
abstract class UnpackerTests extends WorkspaceTests {

    private static final ArchiveLimits LIMITS = new ArchiveLimits(100, DataSize.ofMegabytes(8), 100, 8);

    final Unpacker unpacker = new Unpacker(LIMITS);

    static InputFile file(String name, byte[] content) {
        return new InputFile(name, content);
    }

    List<String> unpack(InputFile... files) throws IOException {
        return unpacker.unpack(List.of(files), workspace.files());
    }

    void assertRefused(InputFile... files) {
        assertRefusedSaying("", files);
    }

    void assertRefusedSaying(String part, InputFile... files) {
        assertThatThrownBy(() -> {
                    Workspace fresh = workspaces.create();
                    try {
                        unpacker.unpack(List.of(files), fresh.files());
                    } finally {
                        workspaces.remove(fresh);
                    }
                })
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining(part);
    }
}
