/** The log of who was refused what, and of what was done to the node. */
@NullMarked
package dev.fairlead.node.audit;

import org.jspecify.annotations.NullMarked;
