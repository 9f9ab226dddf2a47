package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.Channel;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Publishes with the server's confirmation, and mandatorily: what no queue takes is an error. Safe for many threads. */
final class Sender {
    private static final int MOST_KILOBYTES = 32 << 10;
    private static final long LOOK = TimeUnit.SECONDS.toNanos(1);
    /** How long the confirmation of a stream may come after that of what was published later; streams do not wait for the disk. */
    private static final long MISSED = TimeUnit.SECONDS.toNanos(5);

    private final Broker broker;
    private final RabbitSettings settings;
    private final Semaphore room = new Semaphore(MOST_KILOBYTES);
    private @Nullable Line line;

    Sender(Broker broker, RabbitSettings settings) {
        this.broker = broker;
        this.settings = settings;
    }

    /** What a message is sent to. */
    private enum Target {
        QUEUE,
        STREAM
    }

    /** One channel, and what was published there and not confirmed. */
    private static final class Line {
        private final Channel channel;
        private final long patience;
        private final ConcurrentNavigableMap<Long, Published> waiting = new ConcurrentSkipListMap<>();
        private final AtomicBoolean watched = new AtomicBoolean();
        /** The newest that was confirmed and does not wait any more. */
        private final AtomicLong newest = new AtomicLong();

        /** Whether a confirmation did not come, and the channel ends for that. */
        private final AtomicBoolean missed = new AtomicBoolean();

        /** Something that was published at a moment of {@link System#nanoTime()}. */
        private record Published(CompletableFuture<Boolean> sent, Target to, long since) {}

        private Line(Channel channel, Duration timeout) {
            this.channel = channel;
            this.patience = timeout.toNanos();
        }

        private void add(long number, Target to, CompletableFuture<Boolean> sent) {
            waiting.put(number, new Published(sent, to, System.nanoTime()));
            if (watched.compareAndSet(false, true)) {
                watch();
            }
        }

        /**
         * One look for all that wait, since an alarm for each would cost more than the message. It is done by the thread that keeps the
         * time: the common pool may be busy with those who wait for it.
         */
        private void watch() {
            new CompletableFuture<Boolean>()
                    .completeOnTimeout(true, Math.min(patience, LOOK), TimeUnit.NANOSECONDS)
                    .thenRun(this::endLate);
        }

        private void endLate() {
            long now = System.nanoTime();
            for (Map.Entry<Long, Published> each : waiting.entrySet()) {
                Published published = each.getValue();
                long age = now - published.since();
                if (age < Math.min(patience, MISSED)) {
                    break;
                }
                if (age >= patience) {
                    if (waiting.remove(each.getKey(), published)) {
                        published.sent().completeExceptionally(new TimeoutException());
                        if (published.to() == Target.STREAM) {
                            end();
                        }
                    }
                } else if (isMissed(each.getKey(), published)) {
                    end();
                }
            }
            if (!waiting.isEmpty()) {
                watch();
                return;
            }
            watched.set(false);
            if (!waiting.isEmpty() && watched.compareAndSet(false, true)) {
                watch();
            }
        }

        /**
         * Whether a confirmation comes no more. A stream of a server that has just come back misses what is published before its leader is
         * known, and never says so, while what was published later is confirmed.
         */
        private boolean isMissed(long number, Published published) {
            return published.to() == Target.STREAM && number < newest.get() && waiting.containsKey(number);
        }

        /** Ends the channel, and by that what waits: after it the server writes nothing more of what it has not written. */
        private void end() {
            if (missed.compareAndSet(false, true)) {
                Thread.startVirtualThread(() -> Broker.discard(channel));
            }
        }

        private @Nullable CompletableFuture<Boolean> remove(long number) {
            Published removed = waiting.remove(number);
            return removed == null ? null : removed.sent();
        }

        private List<CompletableFuture<Boolean>> upTo(long number, boolean multiple) {
            Map<Long, Published> range =
                    multiple ? waiting.headMap(number, true) : waiting.subMap(number, true, number, true);
            // One by one: what is added meanwhile must not be taken out without being handed over.
            return range.keySet().stream()
                    .map(this::remove)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    /**
     * Sends to a queue by its name on the server. Blocks while 32 MiB are unconfirmed.
     *
     * @param kind what it is, for messages
     */
    CompletableFuture<Boolean> send(String kind, String queue, Messages.Outgoing message) {
        return send(kind, queue, Target.QUEUE, message);
    }

    /** Sends to a stream in the same way. */
    CompletableFuture<Boolean> sendToStream(String kind, String stream, Messages.Outgoing message) {
        return send(kind, stream, Target.STREAM, message);
    }

    private CompletableFuture<Boolean> send(String kind, String queue, Target target, Messages.Outgoing message) {
        int size = Math.min(MOST_KILOBYTES, 1 + message.body().length / 1024);
        takeRoom(size);
        CompletableFuture<Boolean> sent = new CompletableFuture<>();
        try {
            publish(queue, target, message, sent);
        } catch (FairleadException failure) {
            room.release(size);
            return CompletableFuture.failedFuture(failure);
        }
        return sent.whenComplete((done, failure) -> room.release(size))
                .exceptionallyCompose(failure -> failure instanceof Returned || failure.getCause() instanceof Returned
                        ? CompletableFuture.supplyAsync(() -> returned(queue), Thread::startVirtualThread)
                        : CompletableFuture.failedFuture(known(kind, failure)));
    }

    /** No queue has taken it. */
    private static final class Returned extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Returned() {
            super("no queue has taken it", null, false, false);
        }
    }

    /** A server that has just come back may not find a queue yet that is there. */
    private boolean returned(String queue) {
        String what = "sending to " + queue;
        try {
            broker.once("a look at queue " + queue, channel -> channel.queueDeclarePassive(queue));
        } catch (FairleadException failure) {
            throw failure.code() == ErrorCode.STORAGE_DAMAGED ? Failures.gone(what) : failure;
        }
        throw Failures.failure(
                ErrorCode.UNREACHABLE,
                "rabbitmq at " + settings.address() + ": " + what
                        + " failed: the server found no such queue then, and has it",
                null);
    }

    private void takeRoom(int size) {
        try {
            if (!room.tryAcquire(size, settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new FairleadException(
                        ErrorCode.UNREACHABLE,
                        "rabbitmq at " + settings.address() + " confirms nothing; too much waits for it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        }
    }

    private FairleadException known(String kind, Throwable failure) {
        Throwable cause =
                failure.getCause() != null && !(failure instanceof FairleadException) ? failure.getCause() : failure;
        if (cause instanceof FairleadException known) {
            return known;
        }
        String what = cause instanceof TimeoutException ? "no confirmation came in time" : cause.toString();
        return Failures.failure(
                ErrorCode.OUTCOME_UNKNOWN, kind + ": nobody can tell whether a message was sent: " + what, cause);
    }

    private synchronized void publish(
            String queue, Target target, Messages.Outgoing message, CompletableFuture<Boolean> sent) {
        Line open = line;
        if (open == null || !open.channel.isOpen()) {
            open = open();
            line = open;
        }
        Line used = open;
        broker.on(used.channel, "sending", channel -> {
            long number = channel.getNextPublishSeqNo();
            used.add(number, target, sent);
            try {
                channel.basicPublish("", queue, true, addressed(message, number).properties(), message.body());
            } catch (RuntimeException | java.io.IOException e) {
                if (used.remove(number) == null) {
                    return false; // the channel's end has completed it
                }
                throw e;
            }
            return true;
        });
    }

    /** A message that comes back tells which it was. */
    private static Messages.Outgoing addressed(Messages.Outgoing message, long number) {
        return new Messages.Outgoing(
                message.properties()
                        .builder()
                        .correlationId(Long.toString(number))
                        .build(),
                message.body());
    }

    private Line open() {
        Channel channel = broker.channel("sending");
        Line made = new Line(channel, settings.timeout());
        broker.on(channel, "sending", Channel::confirmSelect);
        channel.addConfirmListener(
                (number, multiple) -> {
                    made.upTo(number, multiple).forEach(each -> each.complete(true));
                    made.newest.accumulateAndGet(number, Math::max);
                },
                (number, multiple) -> made.upTo(number, multiple)
                        .forEach(each -> each.completeExceptionally(new FairleadException(
                                ErrorCode.STORAGE_FULL,
                                "rabbitmq at " + settings.address() + " refused a message (its queue is full)"))));
        channel.addReturnListener(back -> {
            CompletableFuture<Boolean> sent =
                    made.remove(Long.parseLong(back.getProperties().getCorrelationId()));
            if (sent != null) {
                sent.completeExceptionally(new Returned());
            }
        });
        channel.addShutdownListener(signal -> {
            FairleadException why = broker.isClosed()
                    ? Failures.closed()
                    : Failures.failure(
                            ErrorCode.OUTCOME_UNKNOWN,
                            "rabbitmq at " + settings.address() + ": "
                                    + (made.missed.get() ? "a confirmation did not come" : "the connection was lost")
                                    + " while a message was sent",
                            signal);
            made.upTo(Long.MAX_VALUE, true).forEach(each -> each.completeExceptionally(why));
        });
        return made;
    }
}
