/** What outside clients see of items: which values, under which names, and from which place on. */
@NullMarked
package dev.fairlead.node.outside;

import org.jspecify.annotations.NullMarked;
