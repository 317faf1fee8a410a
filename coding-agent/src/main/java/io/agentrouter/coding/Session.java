package io.agentrouter.coding;

import io.agentrouter.coding.diff.WorkspaceDiff;
import io.agentrouter.coding.project.Project;
import io.agentrouter.coding.sandbox.ExecMode;
import io.agentrouter.coding.tool.ExecTool;
import io.agentrouter.coding.workspace.Workspace;
import io.agentrouter.runtime.agent.Tool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run works with.
 *
 * @param diff knows the workspace as it came in
 * @param leftOut entries of archives that are not in the workspace
 * @param projects what could be tested
 * @param fileTools what a model may do with files
 * @param exec runs commands, null if none can be run
 * @param mode whether commands can be run
 * @param workEnds when there is just time left to report
 */
record Session(
        Workspace workspace,
        WorkspaceDiff diff,
        List<String> leftOut,
        List<Project> projects,
        List<Tool> fileTools,
        @Nullable ExecTool exec,
        ExecMode mode,
        Instant workEnds) {

    /** All that a model may do. */
    List<Tool> tools() {
        List<Tool> tools = new ArrayList<>(fileTools);
        if (exec != null) {
            tools.add(exec.tool());
        }
        return tools;
    }
}
