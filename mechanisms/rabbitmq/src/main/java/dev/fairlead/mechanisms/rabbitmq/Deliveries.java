package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The messages that came through one channel, which numbers them from one. It knows up to which of them all are settled, so that the server is
 * told of many with one word: a quorum queue writes each word into its log. When its receiver is done with it, the channel goes with the last
 * message that is settled.
 */
final class Deliveries {
    /** Of the system, not virtual: whoever settles waits for them, also where all virtual ones have work. */
    private static final Executor ENDS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("fairlead rabbitmq ends ", 1).factory());

    private final Channel channel;
    private final ReentrantLock lock = new ReentrantLock();
    /** Settled, and another before them is not. */
    private final TreeSet<Long> ahead = new TreeSet<>();

    private long came;
    private long settledTo;
    private boolean isRetired;
    private int limit;
    private CompletableFuture<?> ending = CompletableFuture.completedFuture(null);

    Deliveries(Channel channel) {
        this.channel = channel;
    }

    Channel channel() {
        return channel;
    }

    /** Lets the next consumer have no more than so many that are not settled, one at least. For one thread at a time. */
    void limit(int messages) throws IOException {
        if (messages < 1) {
            throw new IllegalArgumentException(messages + " would be no limit");
        }
        if (limit != messages) {
            channel.basicQos(messages);
            limit = messages;
        }
    }

    /** Notes that all up to this number came. */
    void came(long number) {
        lock.lock();
        try {
            came = Math.max(came, number);
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more is received: the channel ends when all that came is settled. */
    void retire() {
        lock.lock();
        try {
            isRetired = true;
            endWhenSettled();
        } finally {
            lock.unlock();
        }
    }

    private void endWhenSettled() {
        if (isRetired && settledTo >= came) {
            Broker.discard(channel);
        }
    }

    /**
     * Ends a consumer that has all that it may have, on a thread of its own. Nothing more can come to it before one of them is settled, and
     * that waits for its end.
     */
    void end(String tag) {
        CompletableFuture<?> ended = new CompletableFuture<>();
        lock.lock();
        try {
            ending = CompletableFuture.allOf(ending, ended);
        } finally {
            lock.unlock();
        }
        ENDS.execute(() -> {
            try {
                channel.basicCancel(tag);
            } catch (IOException | ShutdownSignalException e) {
                Broker.discard(channel); // or what comes to the consumer after that would lie with nobody
            } finally {
                ended.complete(null);
            }
        });
    }

    /** Acknowledges the messages. */
    void acknowledge(List<Long> numbers) throws IOException {
        lock.lock();
        try {
            ending.join();
            numbers.forEach(this::note);
            // The server must not have heard of the one that is named, which those ahead may be that it was told of
            // before.
            long last = numbers.stream()
                    .mapToLong(Long::longValue)
                    .filter(number -> number <= settledTo)
                    .max()
                    .orElse(0);
            if (last > 0) {
                channel.basicAck(last, true);
            }
            for (long number : numbers) {
                if (number > settledTo) {
                    channel.basicAck(number, false);
                }
            }
            endWhenSettled();
        } finally {
            lock.unlock();
        }
    }

    /** Gives a message back to the queue. */
    void giveBack(long number) throws IOException {
        lock.lock();
        try {
            ending.join();
            channel.basicNack(number, false, true);
            note(number); // Not before: an acknowledgement of all up to a later one would take it.
            endWhenSettled();
        } finally {
            lock.unlock();
        }
    }

    private void note(long number) {
        if (number == settledTo + 1) {
            settledTo = number;
        } else {
            ahead.add(number);
        }
        while (!ahead.isEmpty() && ahead.first() == settledTo + 1) {
            settledTo = ahead.removeFirst();
        }
    }
}
