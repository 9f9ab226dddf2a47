package dev.fairlead.benchmarks;

import dev.fairlead.api.Change;
import dev.fairlead.api.Copy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The time from an owner's put to the call of a copy's listener, at 10,000 changes a second; beside a queue in memory. */
record FeedLatency(Run run) {
    private static final String WHAT = "put to listener at 10,000/s, kept at D1";
    private static final String QUEUE = "a queue in memory, sleeping reader";
    private static final String FEED = "fairlead, putAsync";
    private static final int KEYS = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    void measure(Measurements into) throws Exception {
        Map<String, List<Latency>> rounds = new Rounds<Latency>()
                .of(QUEUE, this::queue)
                .of(FEED, this::feed)
                .measure(WHAT, run);
        Latency.table(WHAT, rounds, into);
        Latency feed = Latency.median(Objects.requireNonNull(rounds.get(FEED)));
        Latency queue = Latency.median(Objects.requireNonNull(rounds.get(QUEUE)));
        into.figure("feed.latency.p50Micros", feed.p50());
        into.figure("feed.latency.p99Micros", feed.p99());
        into.figure("feed.latency.queue.p50Micros", queue.p50());
        into.figure("feed.latency.queue.p99Micros", queue.p99());
    }

    private Latency queue() throws Exception {
        Pace pace = new Pace(run.of(20_000));
        double[] micros = new double[pace.count()];
        BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
        Together.run(List.of(
                () -> {
                    for (int received = 0; received < pace.count(); received++) {
                        int number = queue.take();
                        micros[number] = pace.microsSince(number, System.nanoTime());
                    }
                    return null;
                },
                () -> {
                    pace.run(queue::put);
                    return null;
                }));
        return Latency.of(pace.withoutWarmUp(micros), pace);
    }

    private Latency feed() throws Exception {
        try (Scratch scratch = run.scratch()) {
            Quotes.writePlan(scratch.folder());
            try (Fairlead feed = Quotes.open("feed", scratch.folder());
                    Fairlead reader = Quotes.open("reader", scratch.folder())) {
                Owner<String, Quotes.Quote> owner = feed.own(Quotes.ITEM);
                Copy<String, Quotes.Quote> copy = reader.copy(Quotes.ITEM);
                copy.awaitLive(PATIENCE);
                return feed(owner, copy);
            }
        }
    }

    private Latency feed(Owner<String, Quotes.Quote> owner, Copy<String, Quotes.Quote> copy) throws Exception {
        Pace pace = new Pace(run.of(20_000));
        double[] micros = new double[pace.count()];
        CountDownLatch missing = new CountDownLatch(pace.count());
        try (Subscription listening = copy.listen(change -> {
            if (!(change instanceof Change.Updated<String, Quotes.Quote> updated)) {
                throw new IllegalStateException("nothing was removed, and yet: " + change);
            }
            int number = (int) updated.value().at();
            micros[number] = pace.microsSince(number, System.nanoTime());
            missing.countDown();
        })) {
            CompletableFuture<?>[] last = new CompletableFuture<?>[1];
            pace.run(number -> last[0] = owner.putAsync(Quotes.quote(Quotes.symbol(number % KEYS), number)));
            if (!missing.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(missing.getCount() + " changes did not come through " + listening);
            }
            last[0].join();
        }
        return Latency.of(pace.withoutWarmUp(micros), pace);
    }
}
