package dev.fairlead.engine.topic;

import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes pages of what stands in a log, each small enough to travel. */
final class FeedPages {
    /** The most that the records of a page take, and the largest record, or part of one, in a page. */
    static final int MOST_BYTES = 512 * 1024;

    private FeedPages() {}

    /** Pages for the topic, together from {@code from} to {@code to}; a record that is too large is only announced. */
    static List<FeedPage> ofBatch(FeedPage.Writer writer, long from, long to, LogBatch batch) {
        List<FeedPage> pages = new ArrayList<>();
        List<LogRecord> records = new ArrayList<>();
        LogBounds bounds = batch.bounds();
        long begin = from;
        long size = 0;
        for (LogRecord record : batch.records()) {
            int more = FeedPage.size(record);
            if (size + more > MOST_BYTES && !records.isEmpty()) {
                long end = records.getLast().offset() + 1;
                pages.add(whole(writer, begin, end, new LogBatch(List.copyOf(records), bounds, null)));
                records.clear();
                begin = end;
                size = 0;
            }
            if (more > MOST_BYTES) {
                long end = record.offset() + 1;
                pages.add(new FeedPage(writer, begin, end, false, -1, new LogBatch(List.of(), bounds, null)));
                begin = end;
            } else {
                records.add(record);
                size += more;
            }
        }
        pages.add(whole(writer, begin, to, new LogBatch(List.copyOf(records), bounds, batch.beat(), batch.hole())));
        return pages;
    }

    private static FeedPage whole(FeedPage.Writer writer, long from, long to, LogBatch batch) {
        return new FeedPage(writer, from, to, true, -1, batch);
    }

    /** The page that answers a question: as many of the records as it may have, or a part of a large one. */
    static FeedPage answer(FeedPage.Writer writer, FeedQuestion question, long to, LogBatch batch) {
        List<LogRecord> records = new ArrayList<>();
        long size = 0;
        for (LogRecord record : batch.records()) {
            size += FeedPage.size(record);
            if (size > MOST_BYTES) {
                return records.isEmpty()
                        ? part(writer, question, record, batch)
                        : whole(
                                writer,
                                question.offset(),
                                records.getLast().offset() + 1,
                                new LogBatch(List.copyOf(records), batch.bounds(), batch.beat()));
            }
            records.add(record);
        }
        return whole(writer, question.offset(), to, batch);
    }

    private static FeedPage part(FeedPage.Writer writer, FeedQuestion question, LogRecord record, LogBatch batch) {
        byte[] payload = record.payload();
        int begin = Math.min(question.skip(), payload.length);
        int end = Math.min(payload.length, begin + MOST_BYTES);
        LogRecord piece = new LogRecord(
                record.offset(),
                record.emptyFrom(),
                record.key(),
                record.header(),
                Arrays.copyOfRange(payload, begin, end));
        return new FeedPage(
                writer,
                question.offset(),
                record.offset() + 1,
                true,
                payload.length,
                new LogBatch(List.of(piece), batch.bounds(), batch.beat()));
    }
}
