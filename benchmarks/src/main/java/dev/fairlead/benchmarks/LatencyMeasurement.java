package dev.fairlead.benchmarks;

import dev.fairlead.spi.LogReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The time from the call that publishes a record to its arrival at a waiting reader, at 10,000 records a second.
 *
 * <p>Beside it stands what the machine gives at the same rate: a number in memory that the reader spins on, which is the noise of the
 * machine; a queue in memory, which wakes a sleeping thread; and the plain file, whose reader spins on the file's size.
 */
record LatencyMeasurement(Run run, Records records) {
    private static final String WHAT = "publish to receive at 10,000/s, buffered";
    private static final String NOISE = "a number in memory, spinning reader";
    private static final String QUEUE = "a queue in memory, sleeping reader";
    private static final String FILE = Subjects.FILE + ", spinning reader";

    private interface Receive {
        /** Blocks until more are there; returns how many have been received in all. */
        long receive() throws Exception;
    }

    /** A number that one thread raises and another waits for. */
    private static final class Control {
        private volatile long published;

        void publish(long number) {
            published = number;
        }

        long await(long atLeast) {
            while (published < atLeast) {
                Thread.onSpinWait();
            }
            return published;
        }
    }

    void measure(Measurements into) throws Exception {
        Map<String, List<Latency>> rounds = new Rounds<Latency>()
                .of(NOISE, this::number)
                .of(QUEUE, this::queue)
                .of(FILE, this::file)
                .of(Subjects.EMBEDDED, this::embedded)
                .measure(WHAT, run);
        Latency.table(WHAT, rounds, into);
        Latency embedded = figures("latency", Subjects.EMBEDDED, rounds, into);
        figures("latency.noise", NOISE, rounds, into);
        figures("latency.queue", QUEUE, rounds, into);
        figures("latency.file", FILE, rounds, into);
        into.figure("latency.perSecond", embedded.perSecond());
        into.atMost("latency.p50Micros", embedded.p50(), 30);
    }

    private static Latency figures(String name, String subject, Map<String, List<Latency>> rounds, Measurements into) {
        Latency latency = Latency.median(Objects.requireNonNull(rounds.get(subject)));
        into.figure(name + ".p50Micros", latency.p50());
        into.figure(name + ".p99Micros", latency.p99());
        return latency;
    }

    private Latency number() throws Exception {
        Control control = new Control();
        long[] seen = new long[1];
        return measure(number -> control.publish(number + 1L), () -> seen[0] = control.await(seen[0] + 1));
    }

    private Latency queue() throws Exception {
        BlockingQueue<Integer> queue = new ArrayBlockingQueue<>(1 << 16);
        return measure(queue::put, () -> queue.take() + 1L);
    }

    private Latency file() throws Exception {
        try (Scratch scratch = run.scratch();
                FileAppender file = new FileAppender(scratch.folder(), FileAppender.Force.NEVER, records)) {
            FileTail tail = file.tail();
            return measure(number -> file.append(List.of(records.at(number))), () -> {
                tail.follow(tail.records() + 1);
                return tail.records();
            });
        }
    }

    private Latency embedded() throws Exception {
        Subjects buffered = new Subjects(records, FileAppender.Force.NEVER);
        try (Scratch scratch = run.scratch();
                MechanismAppender log = buffered.open(scratch.folder(), MechanismAppender.Wait.ADMITTED);
                LogReader reader = log.reader()) {
            return measure(number -> log.append(List.of(records.at(number))), () -> {
                reader.poll(1024, Duration.ofSeconds(1))
                        .records()
                        .forEach(record -> records.verify(record.offset(), record, Records.Look.BOTH_ENDS));
                return reader.next();
            });
        }
    }

    private Latency measure(Pace.Step publish, Receive receive) throws Exception {
        Pace pace = new Pace(run.of(20_000));
        double[] micros = new double[pace.count()];
        Together.run(List.of(
                () -> {
                    int received = 0;
                    while (received < pace.count()) {
                        long now = receive.receive();
                        long at = System.nanoTime();
                        for (; received < now; received++) {
                            micros[received] = pace.microsSince(received, at);
                        }
                    }
                    return null;
                },
                () -> {
                    pace.run(publish);
                    return null;
                }));
        return Latency.of(pace.withoutWarmUp(micros), pace);
    }
}
