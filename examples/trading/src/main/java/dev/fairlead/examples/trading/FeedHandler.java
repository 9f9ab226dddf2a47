package dev.fairlead.examples.trading;

import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Owner;
import dev.fairlead.api.Receipt;
import dev.fairlead.api.StateItem;
import dev.fairlead.examples.demo.Services;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The service that owns the quotes.
 *
 * <p>It can be stopped and started again while the market goes on: what it missed it publishes when it is back, the latest quote
 * of each instrument. Safe for many threads.
 */
final class FeedHandler implements AutoCloseable {
    static final String NAME = "feed-handler";
    static final String QUOTE = NAME + ".quote";

    private static final StateItem<String, Quote> ITEM = StateItem.of(QUOTE, String.class, Quote.class);

    private final Services services;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Quote> missed = new LinkedHashMap<>();
    private final Map<String, Quote> latest = new HashMap<>();
    private volatile long published;
    private @Nullable Running running;

    private record Running(Fairlead service, Owner<String, Quote> owner) {}

    FeedHandler(Services services) {
        this.services = services;
    }

    void start() {
        lock.lock();
        try {
            if (running == null) {
                Fairlead service = services.open(NAME, ITEM);
                running = new Running(service, service.own(ITEM));
                publish(List.copyOf(missed.values()));
                missed.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the service: no quotes, no heartbeats. */
    void stop() {
        lock.lock();
        try {
            if (running != null) {
                running.service().close();
                running = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes the quotes as one batch; returns no receipts when the service is stopped. */
    List<Receipt> publish(List<Quote> quotes) {
        lock.lock();
        try {
            if (running == null) {
                quotes.forEach(quote -> missed.put(quote.symbol(), quote));
                return List.of();
            }
            List<Receipt> receipts = running.owner().putAll(quotes);
            quotes.forEach(quote -> latest.put(quote.symbol(), quote));
            published += receipts.size();
            return receipts;
        } finally {
            lock.unlock();
        }
    }

    /** What is done with the owner while nothing is published. */
    @FunctionalInterface
    interface HeldWork<T> {
        T with(Owner<String, Quote> owner) throws InterruptedException;
    }

    <T> T whileHeld(HeldWork<T> work) throws InterruptedException {
        lock.lock();
        try {
            return work.with(owner());
        } finally {
            lock.unlock();
        }
    }

    /** Fails when the service is stopped. */
    Owner<String, Quote> owner() {
        lock.lock();
        try {
            if (running == null) {
                throw new IllegalStateException("the feed-handler is stopped");
            }
            return running.owner();
        } finally {
            lock.unlock();
        }
    }

    /** The last quote published of each instrument. */
    Map<String, Quote> latest() {
        lock.lock();
        try {
            return Map.copyOf(latest);
        } finally {
            lock.unlock();
        }
    }

    /** The last quote published of one instrument. */
    Quote latest(String symbol) {
        return Objects.requireNonNull(latest().get(symbol), symbol);
    }

    long published() {
        return published;
    }

    @Override
    public void close() {
        stop();
    }
}
