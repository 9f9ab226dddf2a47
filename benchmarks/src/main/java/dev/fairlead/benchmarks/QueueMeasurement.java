package dev.fairlead.benchmarks;

import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.Question;
import java.util.List;
import java.util.concurrent.Callable;

/** How fast messages go through a queue: one thread sends batches of 200 and waits for each, another takes and acknowledges. */
record QueueMeasurement(Records records, int count) {
    static final int BATCH = 200;

    /** Makes a plain client's queue under a name that nobody else has. */
    @FunctionalInterface
    interface Plain {
        QueueClient open(String name) throws Exception;
    }

    double fairlead(ServerPlace place) throws Exception {
        return rate(new MechanismQueue(place.open(), Names.next("bench.queue")));
    }

    double plain(ServerPlace place, Plain plain) throws Exception {
        return rate(plain.open(place.named(Names.next("_plain_queue"))));
    }

    /** The clock stops when all are acknowledged. */
    private double rate(QueueClient opened) throws Exception {
        try (QueueClient queue = opened) {
            int warm = Math.max(1, count / 10);
            through(queue, warm);
            long begin = System.nanoTime();
            through(queue, count);
            return count / Seconds.since(begin);
        }
    }

    private void through(QueueClient queue, int wanted) throws Exception {
        Callable<?> sending = () -> {
            for (int from = 0; from < wanted; from += BATCH) {
                queue.send(batch(from, Math.min(BATCH, wanted - from)));
            }
            return null;
        };
        Callable<?> taking = () -> {
            int taken = 0;
            while (taken < wanted) {
                taken += queue.take(BATCH);
            }
            queue.settle();
            if (taken > wanted) {
                throw new IllegalStateException("of " + wanted + " messages " + taken + " came");
            }
            return null;
        };
        Together.run(List.of(taking, sending));
    }

    private List<Question> batch(int from, int size) {
        return records.batch(from, size).stream().map(QueueMeasurement::message).toList();
    }

    /** The same 200 bytes: a message has no key, so that stands in its payload. */
    private static Question message(LogEntry entry) {
        byte[] payload = new byte[entry.key().length + entry.payload().length];
        System.arraycopy(entry.key(), 0, payload, 0, entry.key().length);
        System.arraycopy(entry.payload(), 0, payload, entry.key().length, entry.payload().length);
        return new Question(entry.header(), payload);
    }

    /** Fails when a taken message has another size than those that were sent. */
    static void checkSize(long bytes) {
        if (bytes != Records.SIZE) {
            throw new IllegalStateException("a message of " + bytes + " bytes came, and all had " + Records.SIZE);
        }
    }
}
