package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * The messages that came through one channel, which numbers them from one. It knows up to which of them all are settled, so that the server is
 * told of many with one word: a quorum queue writes each word into its log.
 */
final class Deliveries {
    private final Channel channel;
    /** Settled, and another before them is not. */
    private final TreeSet<Long> ahead = new TreeSet<>();

    private long settledTo;
    private int limit;
    private CompletableFuture<?> ending = CompletableFuture.completedFuture(null);

    Deliveries(Channel channel) {
        this.channel = channel;
    }

    Channel channel() {
        return channel;
    }

    /** Lets the next consumer have no more than so many that are not settled. For one thread at a time. */
    void limit(int messages) throws IOException {
        if (limit != messages) {
            channel.basicQos(messages);
            limit = messages;
        }
    }

    /**
     * Ends a consumer that has all that it may have, on a thread of its own. Nothing more can come to it before one of them is settled, and
     * that waits for its end.
     */
    synchronized void end(String tag) {
        CompletableFuture<?> ended = new CompletableFuture<>();
        ending = ended;
        Thread.startVirtualThread(() -> {
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
    synchronized void acknowledge(List<Long> numbers) throws IOException {
        ending.join();
        numbers.forEach(this::note);
        // The server must not have heard of the one that is named, which those ahead may be that it was told of before.
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
    }

    /** Gives a message back to the queue. */
    synchronized void giveBack(long number) throws IOException {
        ending.join();
        channel.basicNack(number, false, true);
        note(number); // Not before: an acknowledgement of all up to a later one would take it.
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
