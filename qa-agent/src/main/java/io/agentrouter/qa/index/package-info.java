/** Passages found by meaning and by word: embedding, the Lucene index, and its replacement while searches run. */
@NullMarked
package io.agentrouter.qa.index;

import org.jspecify.annotations.NullMarked;
