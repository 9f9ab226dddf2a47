package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.LogRecord;

/**
 * A text that is to be noted.
 *
 * @param field the id of its field's row
 * @param text as it is stored
 * @param record the newest of its key
 */
record TextRow(long field, byte[] text, LogRecord record) {}
