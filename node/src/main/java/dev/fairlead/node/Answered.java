package dev.fairlead.node;

import dev.fairlead.api.HealthState;
import dev.fairlead.api.Mark;
import java.time.Duration;

/**
 * A value as a caller gets it.
 *
 * @param content the document with the caller's fields
 * @param age how long ago it was known to be the owner's newest
 * @param health of the copy that it comes from, LIVE when the owner's table was asked
 */
record Answered(byte[] content, Mark mark, Duration age, HealthState health) {}
