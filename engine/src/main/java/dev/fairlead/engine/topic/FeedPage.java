package dev.fairlead.engine.topic;

import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogRecord;

/**
 * A piece of an owner's log, as it travels over the topic and in answers.
 *
 * @param writer whose log it is
 * @param from where it begins
 * @param to where it ends: who had everything below {@code from} has with it everything below {@code to}
 * @param whole false where the records are too large to be here, so that they must be asked for
 * @param payload how many bytes the payload of the only record has, when this page brings a part of it; -1 when it brings all
 * @param batch the records, in order, with what the log held when they were read
 */
record FeedPage(Writer writer, long from, long to, boolean whole, int payload, LogBatch batch) {
    /**
     * Under which claim of which log a page was made.
     *
     * @param lineage a number that only this log has, from its first claim on
     * @param epoch of the claim
     * @param claimedAt where the log ended at the claim
     */
    record Writer(long lineage, long epoch, long claimedAt) {}

    /** The part of it that somebody wants who has everything below the offset. */
    LogBatch behind(long offset) {
        if (from >= offset) {
            return batch;
        }
        return new LogBatch(
                batch.records().stream()
                        .filter(record -> record.offset() >= offset)
                        .toList(),
                batch.bounds(),
                batch.beat(),
                batch.hole());
    }

    /** The bytes that a record takes in a page, about. */
    static int size(LogRecord record) {
        return record.key().length + record.header().length + record.payload().length + Long.SIZE;
    }
}
