/** Tests of the trading landscape. */
@NullMarked
package dev.fairlead.examples.trading;

import org.jspecify.annotations.NullMarked;
