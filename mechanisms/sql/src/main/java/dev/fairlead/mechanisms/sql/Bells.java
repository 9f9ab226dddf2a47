package dev.fairlead.mechanisms.sql;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Wakes those who wait for a change of a log or a queue; it is a hint, and who waits looks again by itself too. */
final class Bells {
    private final ConcurrentMap<String, Bell> bells = new ConcurrentHashMap<>();

    static String log(long id) {
        return "l" + id;
    }

    static String queue(long id) {
        return "q" + id;
    }

    static String box(long box) {
        return "b" + box;
    }

    Bell of(String name) {
        return bells.computeIfAbsent(name, key -> new Bell());
    }

    /** Nobody waits for it any more. */
    void forget(String name) {
        bells.remove(name);
    }

    void ring(String name) {
        Bell bell = bells.get(name);
        if (bell != null) {
            bell.ring();
        }
    }

    void ringAll() {
        bells.values().forEach(Bell::ring);
    }

    /** Counts its rings, so that one between a look and a wait is not missed. */
    static final class Bell {
        private long rings;

        synchronized long rings() {
            return rings;
        }

        synchronized void ring() {
            rings++;
            notifyAll();
        }

        /** Waits until it has rung since it had been heard so often, at most for so long. */
        synchronized void await(long heard, long nanos) throws InterruptedException {
            long deadline = System.nanoTime() + nanos;
            while (rings == heard) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        }
    }
}
