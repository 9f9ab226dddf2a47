/** OpenTelemetry spans and Micrometer metrics of what an engine does. */
@NullMarked
package dev.fairlead.telemetry;

import org.jspecify.annotations.NullMarked;
