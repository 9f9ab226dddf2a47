package dev.fairlead.benchmarks;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.LogEntry;
import java.util.List;

/** How fast one thread appends batches of 100 while another reads all of them, until the reader has the last. */
record TailMeasurement(Records records, int count) {
    double file() throws Exception {
        try (Scratch scratch = new Scratch();
                FileAppender file = new FileAppender(scratch.folder(), FileAppender.Force.NEVER)) {
            FileTail tail = file.tail();
            return rate(file::append, () -> tail.follow(count));
        }
    }

    double embedded() throws Exception {
        try (Scratch scratch = new Scratch();
                EmbeddedAppender log = new EmbeddedAppender(scratch.folder(), Durability.D1, records)) {
            return rate(log::appendAhead, () -> log.follow(count));
        }
    }

    private interface Append {
        void append(List<LogEntry> batch) throws Exception;
    }

    private interface Follow {
        void follow() throws Exception;
    }

    private double rate(Append append, Follow follow) throws Exception {
        long begin = System.nanoTime();
        Together.run(List.of(
                () -> {
                    follow.follow();
                    return null;
                },
                () -> {
                    for (int written = 0; written < count; written += AppendMeasurement.BATCH) {
                        append.append(records.batch(written, AppendMeasurement.BATCH));
                    }
                    return null;
                }));
        return count / Seconds.since(begin);
    }
}
