package dev.fairlead.benchmarks;

import dev.fairlead.spi.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** How fast sixteen threads append single records, each waiting until its record is synced. */
record GroupMeasurement(Run run, Records records, int count) {
    private static final int THREADS = 16;

    private interface Append {
        void append(LogEntry entry) throws Exception;
    }

    double file() throws Exception {
        try (Scratch scratch = run.scratch();
                GroupCommitFile file = new GroupCommitFile(scratch.folder(), records)) {
            double rate = rate(file::append);
            verify(file.file());
            return rate;
        }
    }

    double log(Subjects.Subject subject) throws Exception {
        try (Scratch scratch = run.scratch();
                Appender appender = subject.open(scratch.folder())) {
            double rate = rate(entry -> appender.append(List.of(entry)));
            verify(appender);
            return rate;
        }
    }

    private void verify(Appender appender) throws Exception {
        long stored = appender.replay(Records.Look.SIZE);
        if (stored != warm() + count) {
            throw new IllegalStateException("stored " + stored + " records of " + (warm() + count));
        }
    }

    private int warm() {
        return count / 4;
    }

    private double rate(Append append) throws Exception {
        run(append, warm());
        long begin = System.nanoTime();
        run(append, count);
        return count / Seconds.since(begin);
    }

    private void run(Append append, int wanted) throws Exception {
        List<Callable<?>> work = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            work.add(() -> {
                for (int number = first; number < wanted; number += THREADS) {
                    append.append(records.at(number));
                }
                return null;
            });
        }
        Together.run(work);
    }
}
