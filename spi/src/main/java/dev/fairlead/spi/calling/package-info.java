/** Questions and answers by messages between processes: what a mechanism supplies, and {@link dev.fairlead.spi.Call} made of it. */
@NullMarked
package dev.fairlead.spi.calling;

import org.jspecify.annotations.NullMarked;
