package dev.fairlead.examples.store;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The customers of the shop: each invoice is played when it is due, by one of a few threads.
 *
 * <p>They can be held, which waits until none is in the middle of a sale. Safe for many threads.
 */
final class Shoppers {
    static final int COUNT = 4;

    /** Nights and quiet hours are not waited for. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private static final int RENAMED_OF = 8;
    private static final long LOOK = Duration.ofMillis(2).toNanos();

    private final StoreLandscape landscape;
    private final List<Invoice> invoices;
    private final long[] due;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger adjustments = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int busy;
    private boolean held;
    private volatile boolean stopped;
    private volatile long begin;

    /** @param speed seconds of the shop's history per second */
    Shoppers(StoreLandscape landscape, List<Invoice> invoices, double speed) {
        this.landscape = landscape;
        this.invoices = invoices;
        this.due = due(invoices, speed);
    }

    private static long[] due(List<Invoice> invoices, double speed) {
        long[] due = new long[invoices.size()];
        long at = 0;
        LocalDateTime last = invoices.getFirst().time();
        for (int i = 0; i < due.length; i++) {
            LocalDateTime time = invoices.get(i).time();
            Duration pause = Duration.between(last, time);
            if (!pause.isNegative()) {
                at += (long) (Math.min(pause.toNanos(), LONGEST_PAUSE.toNanos()) / speed);
            }
            due[i] = at;
            last = time;
        }
        return due;
    }

    /** How long the invoices last at this speed. */
    static Duration length(List<Invoice> invoices, double speed) {
        return Duration.ofNanos(due(invoices, speed)[invoices.size() - 1]);
    }

    /** What each of the threads does, until all is played or it is stopped. */
    List<Runnable> work() {
        begin = System.nanoTime();
        List<Runnable> work = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            work.add(this::shop);
        }
        return work;
    }

    private void shop() {
        for (int i = next.getAndIncrement(); i < invoices.size(); i = next.getAndIncrement()) {
            while (System.nanoTime() - begin < due[i]
                    && !stopped
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(LOOK);
            }
            if (stopped || !enter()) {
                return;
            }
            try {
                play(invoices.get(i));
            } finally {
                leave();
            }
        }
    }

    private void play(Invoice invoice) {
        if (!invoice.trades()) {
            adjustments.incrementAndGet();
            return;
        }
        if (!invoice.cancels()) {
            invoice.sold().forEach(line -> landscape.catalog().reprice(line.sku(), line.price()));
        }
        renameSome(invoice);
        landscape.cart().buy(Order.of(invoice));
    }

    /** Now and then somebody who buys has taken another name. */
    private void renameSome(Invoice invoice) {
        String id = invoice.customer();
        if (id != null && Math.floorMod(invoice.number().hashCode(), RENAMED_OF) == 0) {
            landscape.profile().rename(new Customer(id, invoice.country()));
        }
    }

    private boolean enter() {
        lock.lock();
        try {
            while (held) {
                changed.await();
            }
            busy++;
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            busy--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody begin another sale. */
    void hold() {
        hold(true);
    }

    void goOn() {
        hold(false);
    }

    private void hold(boolean wanted) {
        lock.lock();
        try {
            held = wanted;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody is in the middle of a sale. */
    boolean idle() {
        lock.lock();
        try {
            return busy == 0;
        } finally {
            lock.unlock();
        }
    }

    /** From now on no more sales begin. */
    void stop() {
        stopped = true;
    }

    /** How many invoices were taken up. */
    int played() {
        return Math.min(next.get(), invoices.size());
    }

    /** How many of them sold nothing. */
    int adjustments() {
        return adjustments.get();
    }

    /** The time in the shop's history up to which is played. */
    LocalDateTime shopTime() {
        return invoices.get(Math.clamp(next.get() - 1L, 0, invoices.size() - 1)).time();
    }

    int size() {
        return invoices.size();
    }
}
