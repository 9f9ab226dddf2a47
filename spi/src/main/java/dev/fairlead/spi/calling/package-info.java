/** Questions and answers over any transport of messages between processes: what a mechanism supplies, and {@link Call} made of it. */
@NullMarked
package dev.fairlead.spi.calling;

import dev.fairlead.spi.Call;
import org.jspecify.annotations.NullMarked;
