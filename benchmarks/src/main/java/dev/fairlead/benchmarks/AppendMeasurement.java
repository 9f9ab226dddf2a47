package dev.fairlead.benchmarks;

import java.util.List;

/** How fast one thread appends batches of 100, alone or while another reads all of them. */
record AppendMeasurement(Run run, Records records, int count) {
    static final int BATCH = 100;

    double alone(Subjects.Subject subject) throws Exception {
        try (Scratch scratch = run.scratch();
                Appender appender = subject.open(scratch.folder())) {
            int warm = warm();
            append(appender, 0, warm);
            long begin = System.nanoTime();
            append(appender, warm, count);
            double seconds = Seconds.since(begin);
            verify(appender, warm + count);
            return count / seconds;
        }
    }

    /** The clock stops when the reader has the last record. */
    double withReader(Subjects.Subject subject) throws Exception {
        try (Scratch scratch = run.scratch();
                Appender appender = subject.open(scratch.folder())) {
            long begin = System.nanoTime();
            Together.run(List.of(
                    () -> {
                        appender.follow(count);
                        return null;
                    },
                    () -> {
                        append(appender, 0, count);
                        return null;
                    }));
            return count / Seconds.since(begin);
        }
    }

    private int warm() {
        return count / 10 / BATCH * BATCH;
    }

    private void append(Appender appender, int from, int wanted) throws Exception {
        for (int written = 0; written < wanted; written += BATCH) {
            appender.append(records.batch(from + written, BATCH));
        }
        appender.settle();
    }

    private static void verify(Appender appender, long written) throws Exception {
        long stored = appender.replay(Records.Look.EVERY_BYTE);
        if (stored != written) {
            throw new IllegalStateException("stored " + stored + " records of " + written);
        }
    }
}
