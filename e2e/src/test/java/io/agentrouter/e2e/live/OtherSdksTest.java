package io.agentrouter.e2e.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentrouter.e2e.system.LiveSystem;
import io.agentrouter.e2e.system.Sdk;
import io.agentrouter.e2e.system.SharedSystem;
import io.agentrouter.runtime.testing.Script;
import io.agentrouter.runtime.testing.ScriptedModelServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenAI's SDKs for Python and Node. */
@Tag("slow")
@ExtendWith(SharedSystem.class)
class OtherSdksTest {

    private final LiveSystem system;
    private final ScriptedModelServer model;

    OtherSdksTest(LiveSystem system) {
        this.system = system;
        model = system.freshModel();
    }

    @ParameterizedTest
    @EnumSource
    void streamAndWholeAnswer_areRead(Sdk sdk) {
        model.otherwise(call -> Script.text("It gets ", "4Gi."));

        assertThat(ask(sdk, "qa", "streamed")).contains("It gets 4Gi.");
        assertThat(ask(sdk, "coding", "whole")).contains("It gets 4Gi.");
    }

    @ParameterizedTest
    @EnumSource
    void errorInMidStream_isRaisedAfterWhatCameBefore(Sdk sdk) {
        model.next(Script.text("It gets ").resetInChunk("4Gi"));

        assertThat(ask(sdk, "qa", "streamed")).startsWith("It gets raised APIError - model_unavailable: ");
    }

    @ParameterizedTest
    @EnumSource
    void unknownType_isRaisedAsNotFoundWithTheKnownOnes(Sdk sdk) {
        assertThat(ask(sdk, "legal", "whole"))
                .startsWith("raised NotFoundError 404 agent_type_unknown: ")
                .contains("coding", "qa");
    }

    @ParameterizedTest
    @EnumSource
    void runThatFailed_isRaisedAndNotSentAgain(Sdk sdk) {
        model.otherwise(call -> Script.status(400));

        assertThat(ask(sdk, "qa", "whole")).contains("raised InternalServerError 502 model_rejected: ");
        assertThat(model.calls()).hasSize(1);
    }

    private String ask(Sdk sdk, String type, String how) {
        return sdk.ask(system.url(), type, how);
    }
}
