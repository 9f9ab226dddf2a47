/** The trading landscape: six services that share quotes and instruments, played from real trades and judged. */
@NullMarked
package dev.fairlead.examples.trading;

import org.jspecify.annotations.NullMarked;
