package dev.fairlead.spi.server;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Wakes those who wait for a change of something named; it is a hint, and who waits looks again by itself too. Safe for many threads. */
public final class Bells {
    private final ConcurrentMap<String, Bell> bells = new ConcurrentHashMap<>();

    /** The bell of the name, which stays the same. */
    public Bell of(String name) {
        return bells.computeIfAbsent(name, key -> new Bell());
    }

    /** Wakes those who wait for the name, if anybody ever asked for its bell. */
    public void ring(String name) {
        Bell bell = bells.get(name);
        if (bell != null) {
            bell.ring();
        }
    }

    /** Nobody waits for it any more. */
    public void forget(String name) {
        bells.remove(name);
    }

    /** Wakes all. */
    public void ringAll() {
        bells.values().forEach(Bell::ring);
    }

    /** Counts its rings, so that one between a look and a wait is not missed. */
    public static final class Bell {
        private long rings;

        private Bell() {}

        /** How often it has rung, to be asked before the look. */
        public synchronized long rings() {
            return rings;
        }

        /** Wakes those who wait for it. */
        public synchronized void ring() {
            rings++;
            notifyAll();
        }

        /** Waits until it has rung since it had been heard so often, at most for so long. */
        public synchronized void await(long heard, long nanos) throws InterruptedException {
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
