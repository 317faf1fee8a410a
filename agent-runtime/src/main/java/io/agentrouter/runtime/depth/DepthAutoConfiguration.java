package io.agentrouter.runtime.depth;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** What carries the depth of requests on. */
@AutoConfiguration
@Import(DepthFilter.class)
class DepthAutoConfiguration {}
