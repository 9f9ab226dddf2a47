package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.GetResponse;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Members;
import dev.fairlead.spi.server.Uninterrupted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages of one queue. It asks for exactly as many as its caller wants, because whatever the server hands out counts as an attempt,
 * and stops asking before a poll returns; of one consumer that has all it asked for, it does not wait for the end.
 */
final class RabbitReceiver implements QueueReceiver, Members.Member {
    private static final int ONE_BY_ONE = 4;
    private static final long MOST_BYTES = 16L << 20;
    private static final long QUIET = Duration.ofMillis(50).toNanos();
    private static final long SLICE = Duration.ofSeconds(5).toNanos();

    private final OpenQueue queue;
    private final Duration lease;
    private final ReentrantLock polling = new ReentrantLock();
    /** One is asked while the other one's consumer ends. */
    private final @Nullable Deliveries[] deliveries = new Deliveries[2];

    private int turn;
    private volatile @Nullable Asking asking;
    /** How many messages the server had beyond those that were taken, when it was asked last; others may have taken them since. */
    private int more;
    /** The size of the largest that were taken last: about that of the next ones. */
    private int size;

    private volatile boolean closed;

    RabbitReceiver(OpenQueue queue, Duration lease) {
        this.queue = queue;
        this.lease = lease;
        queue.answerInquiries();
        queue.opening().join(this);
    }

    @Override
    public List<Delivered> poll(int most, Duration wait) {
        QueueLimits.checkPoll(queue.names().name(), most);
        long begin = System.nanoTime();
        long nanos = nanos(wait);
        long patience = queue.opening().streams().settings().timeout().toNanos();
        polling.lock();
        try {
            while (true) {
                checkOpen();
                long left = nanos - (System.nanoTime() - begin);
                try {
                    List<Delivered> messages = take(most, left);
                    if (!messages.isEmpty() || left <= 0) {
                        return messages;
                    }
                } catch (FairleadException failure) {
                    long passed = System.nanoTime() - begin;
                    if (failure.code() != ErrorCode.UNREACHABLE || passed >= Math.max(nanos, patience)) {
                        throw closed ? Failures.closed() : failure;
                    }
                    queue.opening().streams().pause();
                }
            }
        } finally {
            polling.unlock();
            retire();
        }
    }

    private static long nanos(Duration wait) {
        try {
            return wait.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    private void checkOpen() {
        queue.checkOpen();
        if (closed) {
            throw Failures.closed();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted();
        }
    }

    private Deliveries deliveries() {
        Deliveries open = deliveries[turn];
        if (open == null || !open.channel().isOpen()) {
            open = new Deliveries(queue.broker().channel("receiving"));
            answerInquiries(open);
            deliveries[turn] = open;
            more = 0; // A server that has just come back tells first whether the queue is there.
        }
        return open;
    }

    /** Before anything is received: what is given back needs a keeper, and its queue may not be there yet. */
    private void answerInquiries(Deliveries made) {
        try {
            queue.answerInquiries();
        } catch (FairleadException failure) {
            Broker.discard(made.channel());
            throw failure;
        }
    }

    private List<Delivered> take(int most, long wait) {
        Deliveries from = deliveries();
        try {
            List<Taken> taken = ask(from, most, wait);
            for (Taken each : taken) {
                from.came(each.tag());
            }
            size = taken.stream().mapToInt(each -> each.body().length).max().orElse(size);
            return handOut(from, taken);
        } catch (FairleadException failure) {
            if (failure.code() == ErrorCode.UNREACHABLE) {
                Broker.discard(
                        from.channel()); // what the server has handed to it, and nobody here knows of, must come again
            }
            throw failure;
        }
    }

    private List<Taken> ask(Deliveries from, int most, long wait) {
        List<Taken> taken = new ArrayList<>();
        int known = more;
        more = 0;
        int want = within(Math.min(known, most), size);
        if (want > ONE_BY_ONE) {
            consume(from, want, QUIET, taken);
            if (!taken.isEmpty()) {
                more = known - taken.size();
                return taken;
            }
        }
        GetResponse first = queue.broker()
                .on(from.channel(), "receiving", on -> on.basicGet(queue.names().main(), false));
        if (first == null) {
            if (wait > 0) {
                consume(from, most, Math.min(wait, SLICE), taken);
            }
        } else {
            taken.add(taken(first));
            size = first.getBody().length;
            more(from, within(Math.min(most - 1, first.getMessageCount()), size), taken);
            more = first.getMessageCount() - (taken.size() - 1);
        }
        return taken;
    }

    private static Taken taken(GetResponse got) {
        return new Taken(got.getEnvelope().getDeliveryTag(), got.getProps(), got.getBody());
    }

    /** So many of that size, or as many as may come at once. */
    private static int within(int many, int size) {
        return (int) Math.min(many, MOST_BYTES / Math.max(1024, size));
    }

    private void more(Deliveries from, int want, List<Taken> taken) {
        if (want > ONE_BY_ONE) {
            consume(from, want, QUIET, taken);
            return;
        }
        for (int i = 0; i < want; i++) {
            GetResponse next = queue.broker()
                    .on(
                            from.channel(),
                            "receiving",
                            on -> on.basicGet(queue.names().main(), false));
            if (next == null) {
                return;
            }
            taken.add(taken(next));
        }
    }

    private List<Delivered> handOut(Deliveries from, List<Taken> taken) {
        List<Taken> letters = letters(taken);
        if (!letters.isEmpty()) {
            queue.broker().on(from.channel(), "receiving", on -> {
                from.acknowledge(letters.stream().map(Taken::tag).toList());
                return true;
            });
            taken.removeAll(letters);
        }
        List<Delivered> messages = new ArrayList<>(taken.size());
        for (Taken each : taken) {
            long letter = Messages.letter(each.properties());
            if (letter >= 0) {
                queue.deadLetters().finishRedrive(letter);
            }
            Held held = new Held(queue, from, each.tag(), each.properties(), each.body(), lease);
            queue.hold(held);
            messages.add(held);
        }
        return messages;
    }

    /** Those whom somebody had before and set aside, also as a copy, and was stopped then: they are dead letters, and no more than that. */
    private List<Taken> letters(List<Taken> taken) {
        List<Taken> before = taken.stream()
                .filter(each -> Messages.mayBeLetter(each.properties()))
                .toList();
        if (before.isEmpty()) {
            return before;
        }
        Set<String> aside = aside(before);
        return before.stream()
                .filter(each -> aside.contains(each.properties().getMessageId()))
                .toList();
    }

    /** Where letters cannot be read, those alone are waited for that the server took back: a wait counts as an attempt of each. */
    private Set<String> aside(List<Taken> before) {
        try {
            return queue.letters()
                    .among(before.stream()
                            .map(each -> each.properties().getMessageId())
                            .filter(id -> id != null && !id.isEmpty())
                            .collect(Collectors.toSet()));
        } catch (FairleadException failure) {
            if (before.stream().anyMatch(each -> Messages.wasReturned(each.properties()))) {
                throw failure;
            }
            return Set.of();
        }
    }

    private void consume(Deliveries from, int most, long nanos, List<Taken> taken) {
        Asking asked = new Asking(from.channel(), most, QUIET / 10);
        asking = asked;
        String tag = queue.broker().on(from.channel(), "receiving", on -> {
            from.limit(most);
            return on.basicConsume(queue.names().main(), false, asked);
        });
        boolean interrupted = false;
        try {
            if (!closed) {
                asked.await(nanos);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        try {
            end(from, tag, asked);
            asking = null;
            taken.addAll(asked.taken());
            if (interrupted || closed) {
                giveBack(from, taken);
                throw interrupted ? Failures.interrupted() : Failures.closed();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Lets nothing more come. */
    private void end(Deliveries from, String tag, Asking asked) {
        if (asked.isEnded()) {
            Broker.discard(from.channel()); // the queue was deleted, or the server cancelled it for another reason
        } else if (asked.isFull()) {
            from.end(tag);
            turn = 1 - turn;
        } else {
            queue.broker().on(from.channel(), "receiving", on -> {
                on.basicCancel(tag);
                return true;
            });
            Uninterrupted.call(() -> {
                asked.awaitEnd(queue.opening().streams().settings().timeout().toNanos());
                return true;
            });
        }
    }

    private void giveBack(Deliveries from, List<Taken> taken) {
        for (Taken each : taken) {
            queue.broker().on(from.channel(), "receiving", on -> {
                from.giveBack(each.tag());
                return true;
            });
        }
    }

    @Override
    public void close() {
        queue.opening().leave(this);
        end();
        retire();
    }

    /** By whoever polls last, or else by whoever closes. */
    private void retire() {
        if (closed && polling.tryLock()) {
            try {
                for (Deliveries each : deliveries) {
                    if (each != null) {
                        each.retire();
                    }
                }
            } finally {
                polling.unlock();
            }
        }
    }

    @Override
    public void end() {
        closed = true;
        Asking asked = asking;
        if (asked != null) {
            asked.stop();
        }
    }
}
