package dev.fairlead.testkit.faults;

import dev.fairlead.spi.LogRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** Records that were fetched and wait to be handed out, in the order in which faults let them arrive. For one thread. */
final class DeliveryLine {
    /** A record, when it is due, and how many others go before it. */
    private record Waiting(LogRecord record, long due, int places) {
        Waiting passed() {
            return new Waiting(record, due, places - 1);
        }
    }

    private final List<Waiting> inOrder = new ArrayList<>();
    private final List<Waiting> heldBack = new ArrayList<>();
    private long lastDue = Long.MIN_VALUE;

    /** The record arrives next, but not before {@code due}, nor before what already waits. */
    void arrive(LogRecord record, long due) {
        lastDue = lastDue == Long.MIN_VALUE || due - lastDue > 0 ? due : lastDue;
        inOrder.add(new Waiting(record, lastDue, 0));
        release();
    }

    /** The record arrives after so many others. */
    void holdBack(LogRecord record, long due, int places) {
        heldBack.add(new Waiting(record, due, places));
    }

    private void release() {
        List<Waiting> stillBack = new ArrayList<>();
        for (Waiting waiting : heldBack) {
            if (waiting.places() <= 1) {
                inOrder.add(new Waiting(waiting.record(), lastDue, 0));
            } else {
                stillBack.add(waiting.passed());
            }
        }
        heldBack.clear();
        heldBack.addAll(stillBack);
    }

    /** Nothing more is there to go before those that are held back. */
    void nothingFollows() {
        heldBack.forEach(waiting -> inOrder.add(new Waiting(waiting.record(), waiting.due(), 0)));
        heldBack.clear();
    }

    /** Whether a record waits, due or not. */
    boolean isEmpty() {
        return inOrder.isEmpty() && heldBack.isEmpty();
    }

    /** The lowest offset that waits. */
    long next() {
        return Stream.concat(inOrder.stream(), heldBack.stream())
                .mapToLong(waiting -> waiting.record().offset())
                .min()
                .orElseThrow();
    }

    List<LogRecord> takeDue(int most, long now) {
        List<LogRecord> due = new ArrayList<>();
        Iterator<Waiting> waiting = inOrder.iterator();
        while (waiting.hasNext() && due.size() < most) {
            Waiting next = waiting.next();
            if (next.due() - now > 0) {
                break;
            }
            due.add(next.record());
            waiting.remove();
        }
        return due;
    }

    void clear() {
        inOrder.clear();
        heldBack.clear();
    }
}
