package dev.fairlead.engine;

import dev.fairlead.spi.LogBatch;
import java.util.List;

/**
 * A batch for a copy, and its records decoded.
 *
 * @param read where the reader goes on
 */
record DecodedPage<K, V>(LogBatch batch, long read, List<DecodedRecord<K, V>> records) {}
