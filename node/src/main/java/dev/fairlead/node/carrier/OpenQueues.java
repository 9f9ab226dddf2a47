package dev.fairlead.node.carrier;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Queue;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The queues of one opening: what its receivers hold, and the last of what its client did to each queue. All of that ends with the opening;
 * whatever refers to an earlier one names another run. Safe for many threads.
 */
final class OpenQueues {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MOST = 4_000;

    /** How long a caller waits for what takes its time, before it is told to ask again. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Queue queues;
    private final long run = RANDOM.nextLong();
    private final Holdings holdings = new Holdings();
    private final Map<String, Repeated<byte[]>> lanes = new HashMap<>();
    private final Map<String, Receiving> receivers = new HashMap<>();

    OpenQueues(Queue queues) {
        this.queues = queues;
    }

    Queue queues() {
        return queues;
    }

    long run() {
        return run;
    }

    Holdings holdings() {
        return holdings;
    }

    /** Does the work, or gives the answer of its first time; nothing when it goes on. */
    Optional<byte[]> once(String queue, String lane, long number, Supplier<byte[]> work) {
        return lane(queue + " " + lane).once(number, work);
    }

    private synchronized Repeated<byte[]> lane(String name) {
        if (!lanes.containsKey(name)) {
            refuseTooMany(lanes);
            lanes.put(name, new Repeated<>(PATIENCE));
        }
        return lanes.get(name);
    }

    /** Opens a receiver; nothing happens where it is open. */
    synchronized void receive(String queue, String name, Duration lease) {
        if (!receivers.containsKey(name)) {
            refuseTooMany(receivers);
            receivers.put(name, new Receiving(queues, queue, lease, holdings));
        }
    }

    /** The receiver of the name, which was opened in this run. */
    synchronized Receiving receiver(String queue, String name) {
        Receiving known = receivers.get(name);
        if (known == null || !known.queue().equals(queue)) {
            throw new FairleadException(ErrorCode.BAD_VALUE, "queue " + queue + ": the receiver was closed before");
        }
        return known;
    }

    /** Ends a receiver, and takes back what its polls beyond the number brought; nothing happens where there is none. */
    void leave(String queue, String name, long reached) {
        Receiving receiving;
        synchronized (this) {
            receiving = receivers.get(name);
            if (receiving == null || !receiving.queue().equals(queue)) {
                return;
            }
            receivers.remove(name);
        }
        receiving.leave(reached);
    }

    boolean isIdle() {
        return holdings.isEmpty();
    }

    synchronized boolean hasReceivers() {
        return !receivers.isEmpty();
    }

    private static void refuseTooMany(Map<String, ?> held) {
        if (held.size() >= MOST) {
            throw new FairleadException(
                    ErrorCode.UNREACHABLE, "an opening has at most " + MOST + " receivers, and not many more queues");
        }
    }
}
