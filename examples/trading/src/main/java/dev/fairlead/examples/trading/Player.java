package dev.fairlead.examples.trading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Plays a part of the trades in their own rhythm: hands on what they change when it is due. One thread runs it. */
final class Player implements Runnable {
    /**
     * When the silence began and ends in the run, on the clock of the player.
     *
     * @param from when the last quote before it was out
     * @param to when the next one is due
     */
    record Quiet(long from, long to) {}

    private static final int BATCH = 512;
    private static final long LONGEST_PAUSE = Duration.ofMillis(20).toNanos();

    private final List<Trade> trades;
    private final PlayWindow window;
    private final Market market;
    private final Consumer<List<Quote>> quotes;
    private final LongSupplier nanos;
    private final CompletableFuture<Quiet> quiet = new CompletableFuture<>();

    private volatile int next;
    private volatile boolean stopped;
    private long begin;
    private long late;

    /** @param quotes gets what the trades change, in batches */
    Player(List<Trade> trades, PlayWindow window, Market market, Consumer<List<Quote>> quotes, LongSupplier nanos) {
        this.trades = trades;
        this.window = window;
        this.market = market;
        this.quotes = quotes;
        this.nanos = nanos;
        this.next = window.first();
    }

    @Override
    public void run() {
        begin();
        while (!stopped && next < trades.size() && !Thread.currentThread().isInterrupted()) {
            long pause = step();
            if (pause > 0) {
                LockSupport.parkNanos(Math.min(pause, LONGEST_PAUSE));
            }
        }
    }

    void begin() {
        begin = nanos.getAsLong();
    }

    /** Publishes what is due, at most one batch; returns how long until the next trade is due. */
    long step() {
        long elapsed = nanos.getAsLong() - begin;
        int lastBefore = window.silence().lastBefore();
        int index = next;
        List<Quote> due = new ArrayList<>();
        while (index < trades.size() && due.size() < BATCH && due(index) <= elapsed) {
            due.addAll(market.trade(trades.get(index)));
            index++;
            if (index - 1 == lastBefore) {
                break;
            }
        }
        if (!due.isEmpty()) {
            quotes.accept(due);
        }
        next = index;
        if (!due.isEmpty() && index - 1 == lastBefore) {
            fallSilent();
        }
        return index < trades.size() ? due(index) - (nanos.getAsLong() - begin) : 0;
    }

    /** Whoever played the trades before the silence late plays those after it later, so that the silence keeps its length. */
    private void fallSilent() {
        long now = nanos.getAsLong();
        late = Math.max(0, now - begin - window.due(window.silence().from()));
        quiet.complete(new Quiet(now, now + window.quiet().toNanos()));
    }

    private long due(int index) {
        return window.due(trades.get(index).second()) + late;
    }

    /** Completes when the silence begins. */
    CompletableFuture<Quiet> quiet() {
        return quiet;
    }

    /** The second of the file up to which is played. */
    long second() {
        return trades.get(Math.max(window.first(), next - 1)).second();
    }

    int played() {
        return next - window.first();
    }

    void stop() {
        stopped = true;
    }
}
