/** What every mechanism checks of what it is handed: settings, and what callers of logs and queues give. */
@NullMarked
package dev.fairlead.spi.input;

import org.jspecify.annotations.NullMarked;
