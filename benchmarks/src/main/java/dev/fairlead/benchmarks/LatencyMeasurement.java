package dev.fairlead.benchmarks;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.LogReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The time from the call that publishes a record to its arrival at a waiting reader, at 10,000 records a second.
 *
 * <p>Beside it stands the noise of the machine: the same rate through a queue in memory, which does nothing but wake a thread.
 */
record LatencyMeasurement(Effort effort, Records records) {
    private static final long INTERVAL = 100_000;
    private static final String WHAT = "publish to receive at 10,000/s";

    private interface Publish {
        void publish(int number) throws Exception;
    }

    private interface Receive {
        /** Blocks until more are there; returns how many have been received in all. */
        int receive() throws Exception;
    }

    void measure(Progress progress, Measurements into) throws Exception {
        progress.step(WHAT + ": a queue in memory");
        double[] noise = queue();
        progress.step(WHAT + ": " + Subjects.EMBEDDED);
        double[] embedded = embedded();
        row(into, "queue in memory", noise);
        row(into, Subjects.EMBEDDED, embedded);
        into.figure("latency.p50Micros", percentile(embedded, 0.5));
        into.figure("latency.p99Micros", percentile(embedded, 0.99));
        into.figure("latency.noise.p50Micros", percentile(noise, 0.5));
        into.figure("latency.noise.p99Micros", percentile(noise, 0.99));
        into.atMost("latency.p50Micros", percentile(embedded, 0.5), 30);
    }

    private static void row(Measurements into, String subject, double[] micros) {
        into.row(
                WHAT,
                subject,
                "p50 " + Measurements.number(percentile(micros, 0.5)) + " us, p99 "
                        + Measurements.number(percentile(micros, 0.99)) + " us",
                "-");
    }

    private double[] queue() throws Exception {
        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1 << 16);
        return measure(queue::put, () -> queue.take() + 1);
    }

    private double[] embedded() throws Exception {
        try (Scratch scratch = new Scratch();
                EmbeddedAppender log = new EmbeddedAppender(scratch.folder(), Durability.D1, records);
                LogReader reader = log.reader()) {
            return measure(number -> log.writer().append(0, List.of(records.at(number))), () -> {
                reader.poll(1024, Duration.ofSeconds(1));
                return (int) reader.next();
            });
        }
    }

    private double[] measure(Publish publish, Receive receive) throws Exception {
        int count = effort.of(60_000);
        long[] published = new long[count];
        double[] micros = new double[count];
        Together.run(List.of(
                () -> {
                    int received = 0;
                    while (received < count) {
                        int now = receive.receive();
                        long at = System.nanoTime();
                        for (; received < now; received++) {
                            micros[received] = (at - published[received]) / 1e3;
                        }
                    }
                    return null;
                },
                () -> {
                    long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
                    for (int number = 0; number < count; number++, due += INTERVAL) {
                        pauseUntil(due);
                        published[number] = System.nanoTime();
                        publish.publish(number);
                    }
                    return null;
                }));
        // The first tenth warms the compiler up.
        double[] warm = Arrays.copyOfRange(micros, count / 10, count);
        Arrays.sort(warm);
        return warm;
    }

    /** Sleeps through most of the pause, so that the publisher does not take a core from those it measures. */
    private static void pauseUntil(long due) {
        long left = due - System.nanoTime();
        if (left > 70_000) {
            LockSupport.parkNanos(left - 60_000);
        }
        while (System.nanoTime() < due) {
            Thread.onSpinWait();
        }
    }

    private static double percentile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1.0, sorted.length * share)];
    }
}
