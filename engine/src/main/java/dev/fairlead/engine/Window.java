package dev.fairlead.engine;

import dev.fairlead.spi.LogRecord;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much a group has in hand at once: at most 1,024 records, and at most about 64 MiB.
 *
 * <p>Who waits for room is woken when half of it is free, not for each place: to wake a thread costs more than to handle a small record.
 */
final class Window {
    private static final int ROOM = 64 * 1024;
    private static final int OF_ANY_RECORD = 64;
    private static final int WAITS = 20;
    private static final long WAIT = TimeUnit.MILLISECONDS.toNanos(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition halfFree = lock.newCondition();
    private int free = ROOM;
    private boolean awaited;

    /** Takes the record in if there is room. */
    boolean enter(LogRecord record) {
        int cost = cost(record);
        lock.lock();
        try {
            if (free < cost) {
                return false;
            }
            free -= cost;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the record in, or returns false after a short wait. */
    boolean enterSoon(LogRecord record) {
        for (int waits = 0; waits < WAITS && !Thread.currentThread().isInterrupted(); waits++) {
            awaitRoom();
            if (enter(record)) {
                return true;
            }
        }
        return false;
    }

    private void awaitRoom() {
        lock.lock();
        try {
            awaited = true;
            if (free < ROOM / 2) {
                halfFree.awaitNanos(WAIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            awaited = false;
            lock.unlock();
        }
    }

    void leave(LogRecord record) {
        lock.lock();
        try {
            free += cost(record);
            if (awaited && free >= ROOM / 2) {
                halfFree.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean empty() {
        lock.lock();
        try {
            return free == ROOM;
        } finally {
            lock.unlock();
        }
    }

    private static int cost(LogRecord record) {
        return OF_ANY_RECORD + (record.payload().length >> 10);
    }
}
