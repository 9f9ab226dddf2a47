/** The node: one process that serves the items of a plan over HTTP. */
@NullMarked
package dev.fairlead.node;

import org.jspecify.annotations.NullMarked;
