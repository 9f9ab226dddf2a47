package dev.fairlead.engine;

import dev.fairlead.spi.LogRecord;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How much a group has in hand at once: at most 1,024 records, and at most about 64 MiB. */
final class Window {
    private static final int ROOM = 64 * 1024;
    private static final int OF_ANY_RECORD = 64;
    private static final long WAIT_MILLIS = 20;

    private final Semaphore room = new Semaphore(ROOM);

    /** Takes the record in, or returns false after a short wait. */
    boolean enter(LogRecord record) {
        try {
            return room.tryAcquire(cost(record), WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave(LogRecord record) {
        room.release(cost(record));
    }

    boolean empty() {
        return room.availablePermits() == ROOM;
    }

    private static int cost(LogRecord record) {
        return OF_ANY_RECORD + (record.payload().length >> 10);
    }
}
