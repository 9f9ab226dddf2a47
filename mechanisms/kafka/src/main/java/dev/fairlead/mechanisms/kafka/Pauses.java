package dev.fairlead.mechanisms.kafka;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Short waits between two looks at what changes without telling. */
final class Pauses {
    private Pauses() {}

    static void sleep(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
