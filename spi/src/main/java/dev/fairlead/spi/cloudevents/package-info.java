/** Records and messages as CloudEvents 1.0, for programs without Fairlead. */
@NullMarked
package dev.fairlead.spi.cloudevents;

import org.jspecify.annotations.NullMarked;
