package io.agentrouter.runtime.face;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** The HTTP faces over runs. */
@AutoConfiguration
@Import({ChatCompletionsController.class, Errors.class, RequestIdFilter.class})
class FaceAutoConfiguration {}
