/** What each caller of a node may take of it. */
@NullMarked
package dev.fairlead.node.limits;

import org.jspecify.annotations.NullMarked;
