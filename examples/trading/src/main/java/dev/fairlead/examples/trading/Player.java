package dev.fairlead.examples.trading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Plays a part of the trades in their own rhythm: hands on what they change when it is due. One thread runs it. */
final class Player implements Runnable {
    /**
     * The silence in the run.
     *
     * @param from when the last quote before it was out, on the clock of the player
     * @param length how long it lasts at least
     */
    record Quiet(long from, Duration length) {}

    private static final int BATCH = 512;
    private static final long LOOK = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(20).toNanos();

    private final List<Trade> trades;
    private final PlayWindow window;
    private final Market market;
    private final Consumer<List<Quote>> quotes;
    private final LongSupplier nanos;
    private final CompletableFuture<Quiet> quiet = new CompletableFuture<>();

    private final ReentrantLock playing = new ReentrantLock();
    private volatile int next;
    private volatile boolean stopped;
    private volatile boolean seenEnough;
    private volatile long quietUntil;
    private volatile long late;
    private long begin;

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
        playing.lock();
        try {
            return stopped ? 0 : play();
        } finally {
            playing.unlock();
        }
    }

    private long play() {
        if (quiet.isDone() && next == window.silence().lastBefore() + 1) {
            long left = quietUntil - nanos.getAsLong();
            if (left > 0 || !seenEnough) {
                return Math.max(left, LOOK);
            }
            late = Math.max(late, elapsed() - window.due(window.silence().to()));
        }
        List<Quote> due = takeDue();
        if (!due.isEmpty()) {
            quotes.accept(due);
            if (next == window.silence().lastBefore() + 1) {
                fallSilent();
            }
        }
        return next < trades.size() ? due(next) - elapsed() : 0;
    }

    /** What is due up to the silence, or up to a full batch. */
    private List<Quote> takeDue() {
        long elapsed = elapsed();
        int index = next;
        List<Quote> due = new ArrayList<>();
        while (index < trades.size() && due.size() < BATCH && due(index) <= elapsed) {
            due.addAll(market.trade(trades.get(index)));
            index++;
            if (index == window.silence().lastBefore() + 1) {
                break;
            }
        }
        next = index;
        return due;
    }

    /** Whoever played the trades before the silence late plays those after it later, so that the silence keeps its length. */
    private void fallSilent() {
        late = Math.max(0, elapsed() - window.due(window.silence().from()));
        quietUntil = nanos.getAsLong() + window.quiet().toNanos();
        quiet.complete(new Quiet(nanos.getAsLong(), window.quiet()));
    }

    /** Whoever watches the silence has seen enough: until then it does not end. */
    void seenEnough() {
        seenEnough = true;
    }

    private long elapsed() {
        return nanos.getAsLong() - begin;
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

    /** By how much the trades after the silence are played later than planned. */
    Duration late() {
        return Duration.ofNanos(late);
    }

    /** How many trades are overdue, because the machine could not keep up. */
    long overdue() {
        long elapsed = elapsed();
        int index = next;
        while (index < trades.size() && due(index) < elapsed - LONGEST_PAUSE) {
            index++;
        }
        return index - next;
    }

    int played() {
        return next - window.first();
    }

    /** When this returns, nothing is published any more. */
    void stop() {
        playing.lock(); // a batch may be on its way
        try {
            stopped = true;
        } finally {
            playing.unlock();
        }
    }
}
