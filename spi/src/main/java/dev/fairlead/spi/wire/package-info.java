/** How what a mechanism does is written for another process: bytes, without a text form in between. */
@NullMarked
package dev.fairlead.spi.wire;

import org.jspecify.annotations.NullMarked;
