package dev.fairlead.examples.store;

import dev.fairlead.api.EventRecord;
import dev.fairlead.api.Events;
import dev.fairlead.api.FailurePolicy;
import dev.fairlead.api.Fairlead;
import dev.fairlead.api.Handler;
import dev.fairlead.examples.demo.Services;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The service that books every step of every sale and every payment. Its books can be written again from the logs. */
final class LedgerService implements AutoCloseable {
    static final String NAME = "ledger";

    private static final FailurePolicy BOOKING =
            new FailurePolicy(3, Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofSeconds(30));

    private final Fairlead service;
    private final StoreHistory history;
    private final Set<String> unbookable = ConcurrentHashMap.newKeySet();
    private final Events<String, Sale> sales;
    private final Group selling;
    private final Group paying;
    private volatile boolean rewriting;
    private volatile Books books = new Books();
    private volatile @Nullable Stop stopped;

    LedgerService(Services services, StoreHistory history) {
        this.history = history;
        this.service = services.open(NAME, Sale.ITEM, Payment.ITEM);
        this.sales = service.events(Sale.ITEM);
        this.selling = new Group(NAME, "selling", sales.follow("selling", Handler.projection(this::book), BOOKING));
        this.paying = new Group(
                NAME, "paying", service.events(Payment.ITEM).follow("paying", Handler.projection(this::bookPayment)));
        selling.rebuild();
        paying.rebuild();
    }

    private record Stop(String saleId, long version, CountDownLatch until) {}

    private void book(EventRecord<String, Sale> happened) throws InterruptedException {
        Stop stop = stopped;
        if (stop != null && stop.saleId().equals(happened.key()) && stop.version() == happened.version()) {
            stop.until().await();
        }
        if (unbookable.contains(happened.key()) && happened.event() instanceof Sale.ItemAdded) {
            throw new IllegalArgumentException("there is no account for this item");
        }
        if (books.sale(happened) && !rewriting) {
            history.booked(happened);
        }
    }

    private void bookPayment(EventRecord<String, Payment> happened) {
        books.payment(happened);
    }

    /** From now on items of this sale cannot be booked. */
    void refuse(String saleId) {
        unbookable.add(saleId);
    }

    void accept(String saleId) {
        unbookable.remove(saleId);
    }

    /** Stands still at this event until the latch is open. */
    void stopAt(String saleId, long version, CountDownLatch until) {
        stopped = new Stop(saleId, version, until);
    }

    Books books() {
        return books;
    }

    /** Puts the books aside and begins to write them again from the first event, once; returns the old ones. What is booked from now on is no longer new. */
    Books rewrite() {
        Books old = books;
        rewriting = true;
        books = new Books();
        List.of(selling, paying).forEach(Group::rebuild);
        return old;
    }

    Events<String, Sale> sales() {
        return sales;
    }

    Group selling() {
        return selling;
    }

    Group paying() {
        return paying;
    }

    @Override
    public void close() {
        service.close();
    }
}
