/** From files to passages: formats, splitting, and the folder with its bounds. */
@NullMarked
package io.agentrouter.qa.document;

import org.jspecify.annotations.NullMarked;
