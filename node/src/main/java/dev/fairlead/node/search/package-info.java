/** State items looked up by fields besides their key. */
@NullMarked
package dev.fairlead.node.search;

import org.jspecify.annotations.NullMarked;
