package dev.fairlead.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a thousand readers of one item's changes cost a node, each change sent to each of them. */
record NodeStreamMeasurement(Run run, Path plan) {
    private static final String WHAT = "100 changes a second to 1,000 streams of server-sent events";
    private static final int READERS = 1000;
    private static final int PER_SECOND = 100;
    private static final int SECONDS = 20;
    private static final int KEYS = 100;
    private static final long SILENCE = TimeUnit.SECONDS.toNanos(2);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    void measure(Measurements into) throws Exception {
        run.progress().step(WHAT);
        int readers = run.of(READERS);
        int changes = run.of(SECONDS * PER_SECOND);
        try (Scratch scratch = run.scratch();
                ServingProcess node = ServingProcess.start(ServingProcess.Kind.NODE, plan, scratch.folder())) {
            new HttpLoad(node.port(), 201, ServedItem::put).rate(1, KEYS);
            measure(node, readers, changes, into);
        }
    }

    private static void measure(ServingProcess node, int readers, int changes, Measurements into) throws Exception {
        try (StreamReaders streams = new StreamReaders(node.port(), readers, ServedItem.changes());
                HttpCaller owner = new HttpCaller(node.port())) {
            change(owner, changes); // lets the node's compiler do its work
            long before = awaitQuiet(streams);
            Duration processor = node.processorTime();
            long begin = System.nanoTime();
            change(owner, changes);
            long wanted = (long) readers * changes;
            await(streams, before + wanted);
            double seconds = Seconds.since(begin);
            double share = node.processorTime().minus(processor).toNanos() / 1e9 / seconds;
            long come = streams.events() - before;
            into.figure("nodeStreams.delivered", (double) come / wanted);
            into.atLeast("nodeStreams.delivered", (double) come / wanted, 0.99);
            tell(share, come / seconds, node.residentMegabytes(), into);
        }
    }

    private static void change(HttpCaller owner, int changes) throws IOException {
        long begin = System.nanoTime();
        for (int number = 0; number < changes; number++) {
            HttpLoad.sleepUntil(begin + number * TimeUnit.SECONDS.toNanos(1) / PER_SECOND);
            owner.call(ServedItem.put(number % KEYS));
        }
    }

    private static void tell(double share, double perSecond, double megabytes, Measurements into) {
        into.row(new Measurements.Row(
                WHAT,
                "fairlead node",
                Math.round(share * 100) + " % of a core",
                Math.round(megabytes) + " MB resident",
                Measurements.perSecond(perSecond)));
        into.figure("nodeStreams.coreShare", share);
        into.figure("nodeStreams.megabytes", megabytes);
        into.figure("nodeStreams.eventsPerSecond", perSecond);
        into.atMost("nodeStreams.coreShare", share, 0.6);
        into.atMost("nodeStreams.megabytes", megabytes, 300);
    }

    /** Waits until all have what there was; gives how much that is. */
    private static long awaitQuiet(StreamReaders streams) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long seen = -1;
        long now = streams.events();
        while (seen != now || now == 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the streams begin with more than can be read in " + PATIENCE);
            }
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            seen = now;
            now = streams.events();
        }
        return now;
    }

    /** A reader that is behind misses what was changed once more before it came to it, so that less may come than was wanted. */
    private static void await(StreamReaders streams, long wanted) {
        long seen = -1;
        long lastCome = System.nanoTime();
        while (streams.events() < wanted && System.nanoTime() - lastCome < SILENCE) {
            long now = streams.events();
            if (now != seen) {
                seen = now;
                lastCome = System.nanoTime();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
