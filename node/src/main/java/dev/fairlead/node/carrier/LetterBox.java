package dev.fairlead.node.carrier;

import dev.fairlead.spi.wire.LetterMessages.Received;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The letters to one opening, in memory, until it says that it has them, or nobody wants them any more. Safe for many threads. */
final class LetterBox {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MOST = 10_000;
    private static final long MOST_BYTES = 16L << 20;
    private static final long MOST_AT_ONCE = 4L << 20;
    private static final int OVERHEAD = 100;

    private final String caller;
    private final long run = RANDOM.nextLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Letter> letters = new ArrayDeque<>();
    private final Map<Long, String> items = new LinkedHashMap<>();
    private long last;
    private long bytes;
    private long used = System.nanoTime();
    private int reading;
    private boolean closed;

    private record Letter(long number, long until, byte[] message) {
        long size() {
            return (long) OVERHEAD + message.length;
        }
    }

    LetterBox(String caller) {
        this.caller = caller;
    }

    boolean isOf(String name) {
        return caller.equals(name);
    }

    /** Remembers for good that the answerer of the number is one of the item. */
    void answers(long number, String item) {
        lock.lock();
        try {
            items.put(number, item);
            if (items.size() > MOST) {
                items.remove(items.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    /** The item of the answerer of the number, which may be closed. */
    Optional<String> item(long number) {
        lock.lock();
        try {
            return Optional.ofNullable(items.get(number));
        } finally {
            lock.unlock();
        }
    }

    /** Whether there was room for it. */
    boolean put(byte[] message, Duration keep) {
        lock.lock();
        try {
            forgetOld();
            Letter letter = new Letter(last + 1, System.nanoTime() + keep.toNanos(), message);
            if (closed || letters.size() >= MOST || bytes + letter.size() > MOST_BYTES) {
                return false;
            }
            last++;
            letters.add(letter);
            bytes += letter.size();
            arrived.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void forgetOld() {
        long now = System.nanoTime();
        letters.removeIf(each -> {
            boolean isOver = now - each.until() >= 0;
            bytes -= isOver ? each.size() : 0;
            return isOver;
        });
    }

    /** Takes out what came up to the number in the run, and gives what is behind it, as soon as there is something, or nothing after the time. */
    Received receive(long atRun, long number, Duration wait) {
        lock.lock();
        reading++;
        try {
            long seen = atRun == run ? number : 0;
            for (Letter first = letters.peek(); first != null && first.number() <= seen; first = letters.peek()) {
                letters.remove();
                bytes -= first.size();
            }
            long left = atRun == run ? wait.toNanos() : 0; // one who does not know it yet is told at once
            while (letters.isEmpty() && left > 0 && !closed) {
                left = arrived.awaitNanos(left);
            }
            return received(seen);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Received(run, number, List.of());
        } finally {
            reading--;
            used = System.nanoTime();
            lock.unlock();
        }
    }

    private Received received(long seen) {
        List<byte[]> all = new ArrayList<>();
        long size = 0;
        long number = seen;
        for (Letter each : letters) {
            if (size >= MOST_AT_ONCE) {
                break;
            }
            all.add(each.message());
            size += each.size();
            number = each.number();
        }
        return new Received(run, number, all);
    }

    boolean isIdle(Duration most) {
        lock.lock();
        try {
            return reading == 0 && System.nanoTime() - used > most.toNanos();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
