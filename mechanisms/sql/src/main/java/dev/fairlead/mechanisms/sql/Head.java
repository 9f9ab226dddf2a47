package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogBounds;

/**
 * How far a log goes, at one moment.
 *
 * @param beats how often its writers have beaten
 * @param beat the newest beat; means nothing while there was none
 */
record Head(LogBounds bounds, long beats, Beat beat) {}
