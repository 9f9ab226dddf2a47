package dev.fairlead.benchmarks;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** How fast sixteen threads append single records, each waiting until its record is synced. */
record GroupMeasurement(Records records, int count) {
    private static final int THREADS = 16;

    private interface Append {
        void append(LogEntry entry) throws Exception;
    }

    double file() throws Exception {
        try (Scratch scratch = new Scratch();
                GroupCommitFile file = new GroupCommitFile(scratch.folder())) {
            return rate(file::append);
        }
    }

    double embedded() throws Exception {
        try (Scratch scratch = new Scratch();
                EmbeddedAppender log = new EmbeddedAppender(scratch.folder(), Durability.D2, records)) {
            return rate(entry -> log.append(List.of(entry)));
        }
    }

    private double rate(Append append) throws Exception {
        run(append, count / 10);
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
