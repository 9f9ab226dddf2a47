package dev.fairlead.benchmarks;

/** How fast one thread appends batches of 100. */
record AppendMeasurement(Records records, int count) {
    static final int BATCH = 100;

    double rate(Subjects.Subject subject) throws Exception {
        try (Scratch scratch = new Scratch();
                Appender appender = subject.open(scratch.folder())) {
            append(appender, count / 10);
            long begin = System.nanoTime();
            append(appender, count);
            return count / Seconds.since(begin);
        }
    }

    private void append(Appender appender, int wanted) throws Exception {
        for (int written = 0; written < wanted; written += BATCH) {
            appender.append(records.batch(written, BATCH));
        }
    }
}
