package dev.fairlead.benchmarks;

/**
 * How fast a log is read from the start, the second time, so that what the first read leaves in memory is there for all. The first
 * time every byte is compared with what was written.
 */
record ReplayMeasurement(Run run, Records records, int count) {
    double rate(Subjects.Subject subject) throws Exception {
        try (Scratch scratch = run.scratch();
                Appender appender = subject.open(scratch.folder())) {
            for (int written = 0; written < count; written += AppendMeasurement.BATCH) {
                appender.append(records.batch(written, AppendMeasurement.BATCH));
            }
            appender.replay(Records.Look.EVERY_BYTE);
            long begin = System.nanoTime();
            long replayed = appender.replay(Records.Look.BOTH_ENDS);
            double seconds = Seconds.since(begin);
            if (replayed < count) {
                throw new IllegalStateException("replayed " + replayed + " of " + count);
            }
            return replayed / seconds;
        }
    }
}
