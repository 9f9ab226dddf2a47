package dev.fairlead.node.carrier;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.wire.QueueMessages.Handed;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The messages in the hands of the receivers of one opening, by the number of their hand-out. Safe for many threads. */
final class Holdings {
    private static final long MOST_BYTES = 64L << 20;
    private static final int MOST = 100_000;
    private static final int OVERHEAD = 200;

    /** How long a message is known beyond its lease, whose end the store tells by a clock of its own. */
    private static final Duration BEYOND = Duration.ofMinutes(1);

    private final Map<Long, Held> held = new HashMap<>();
    private long hands;
    private long bytes;

    private record Held(String queue, Delivered message, long until) {
        long size() {
            return (long) OVERHEAD + message.message().size();
        }
    }

    /** Fails with UNREACHABLE while so much is held that no more is handed out. */
    synchronized void refuseTooMuch() {
        forgetOver();
        if (bytes > MOST_BYTES || held.size() > MOST) {
            throw new FairleadException(
                    ErrorCode.UNREACHABLE,
                    "the receivers hold " + held.size() + " messages, and get more when they have settled some");
        }
    }

    /** Notes that it is handed out now. */
    synchronized Handed hold(String queue, Delivered message, Duration lease) {
        Held holding = new Held(queue, message, System.nanoTime() + 2 * lease.toNanos() + BEYOND.toNanos());
        held.put(++hands, holding);
        bytes += holding.size();
        return new Handed(hands, message.attempt(), message.message());
    }

    /** The message that was handed out so; nothing when that is over. */
    synchronized Optional<Delivered> find(String queue, long hand) {
        return Optional.ofNullable(held.get(hand))
                .filter(each -> each.queue().equals(queue))
                .map(Held::message);
    }

    /** It was settled. */
    synchronized void forget(long hand) {
        Held known = held.remove(hand);
        if (known != null) {
            bytes -= known.size();
        }
    }

    synchronized boolean isEmpty() {
        forgetOver();
        return held.isEmpty();
    }

    private void forgetOver() {
        long now = System.nanoTime();
        held.entrySet().stream()
                .filter(each -> now - each.getValue().until() >= 0)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forget);
    }
}
