package dev.fairlead.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Lets threads wait until a copy has come to something. Used under the copy's lock, which a wait gives up meanwhile.
 *
 * <p>Only those are woken whose condition holds: a wake for each batch would cost as much as applying it.
 */
final class Progress {
    private final ReentrantLock lock;
    private final List<Waiter> waiters = new ArrayList<>();

    private record Waiter(BooleanSupplier condition, Condition holds) {}

    Progress(ReentrantLock lock) {
        this.lock = lock;
    }

    /** Waits for the condition; returns whether it holds. It is asked by the thread that makes progress, so it must be quick. */
    boolean await(BooleanSupplier condition, long nanos) throws InterruptedException {
        Waiter waiter = new Waiter(condition, lock.newCondition());
        waiters.add(waiter);
        try {
            long left = nanos;
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    return false;
                }
                left = waiter.holds().awaitNanos(left);
            }
            return true;
        } finally {
            waiters.remove(waiter);
        }
    }

    /** Records came in or went missing. */
    void made() {
        for (Waiter waiter : waiters) {
            if (waiter.condition().getAsBoolean()) {
                waiter.holds().signal();
            }
        }
    }
}
