/** From a question and the passages found to an answer with citations, with a model or without. */
@NullMarked
package io.agentrouter.qa.answer;

import org.jspecify.annotations.NullMarked;
