package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Settles messages, many together, on a thread of its own.
 *
 * <p>AMQP confirms no acknowledgement. So after those of one round each queue is asked something, which it answers when it has them, and then
 * a mark is sent to a queue of its own: all queues of a node share one write-ahead log, so when the mark is confirmed, the acknowledgements
 * before it are on disk.
 */
final class Settler implements AutoCloseable {
    private static final int TOGETHER = 1000;

    private final Broker broker;
    private final Sender sender;
    private final RabbitSettings settings;
    private final LinkedBlockingQueue<Settling> waiting = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Held> givenUp = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final Object bell = new Object();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("fairlead rabbitmq settler").unstarted(this::run);
    private boolean started;
    private volatile boolean closed;

    Settler(Broker broker, Sender sender, RabbitSettings settings) {
        this.broker = broker;
        this.sender = sender;
        this.settings = settings;
    }

    void add(Settling settling) {
        waiting.add(settling);
        ring();
    }

    /** The lease is over: the server gets the message back. */
    void giveUp(Held held) {
        givenUp.add(held);
        ring();
    }

    /** Does something else on the same thread. */
    void later(Runnable task) {
        tasks.add(task);
        ring();
    }

    private void ring() {
        synchronized (bell) {
            if (!started) {
                started = true;
                thread.start();
            }
            bell.notifyAll();
        }
    }

    private void run() {
        while (!closed) {
            giveBackOverdue();
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
            List<Settling> round = new ArrayList<>();
            waiting.drainTo(round, TOGETHER);
            if (!round.isEmpty()) {
                settle(round);
            }
            synchronized (bell) {
                try {
                    while (!closed && waiting.isEmpty() && givenUp.isEmpty() && tasks.isEmpty()) {
                        bell.wait();
                    }
                } catch (InterruptedException e) {
                    break; // nobody interrupts this thread but to end it
                }
            }
        }
        List<Settling> late = new ArrayList<>();
        waiting.drainTo(late);
        late.forEach(each -> each.done().completeExceptionally(Failures.closed()));
    }

    private void giveBackOverdue() {
        for (Held held = givenUp.poll(); held != null; held = givenUp.poll()) {
            Held over = held;
            over.queue().forget(over);
            try {
                broker.on(over.from().channel(), "giving a message back", channel -> {
                    over.from().giveBack(over.tag());
                    return true;
                });
            } catch (FairleadException e) {
                // Its channel is gone, and the message is back by that.
            }
        }
    }

    private void settle(List<Settling> round) {
        Map<Deliveries, List<Settling>> channels = new LinkedHashMap<>();
        for (Settling each : moved(round)) {
            channels.computeIfAbsent(each.held().from(), channel -> new ArrayList<>())
                    .add(each);
        }
        channels.entrySet().removeIf(each -> !acknowledged(each.getKey(), each.getValue()));
        try {
            flush(channels);
            channels.values()
                    .forEach(written -> written.forEach(each -> {
                        each.held().queue().forget(each.held());
                        each.done().complete(null);
                    }));
        } catch (FairleadException failure) {
            channels.values().forEach(written -> written.forEach(each -> lose(each, failure)));
        }
    }

    private boolean acknowledged(Deliveries from, List<Settling> settled) {
        try {
            broker.on(from.channel(), "acknowledging", channel -> {
                from.acknowledge(settled.stream().map(each -> each.held().tag()).toList());
                return true;
            });
            return true;
        } catch (FairleadException failure) {
            settled.forEach(each -> lose(each, failure));
            return false;
        }
    }

    /** Sends the copies of what is not simply acknowledged; returns what may be acknowledged now. */
    private List<Settling> moved(List<Settling> round) {
        Map<Settling, CompletableFuture<Boolean>> copies = new LinkedHashMap<>();
        for (Settling each : round) {
            copies.put(each, copy(each));
        }
        List<Settling> left = new ArrayList<>();
        long deadline = System.nanoTime() + 2 * settings.timeout().toNanos();
        copies.forEach((settling, copy) -> {
            try {
                Answers.await("settling a message", copy, deadline);
                left.add(settling);
            } catch (FairleadException failure) {
                fail(settling, failure);
            }
        });
        return left;
    }

    private CompletableFuture<Boolean> copy(Settling settling) {
        Held held = settling.held();
        OpenQueue queue = held.queue();
        try {
            return switch (settling.way()) {
                case Settling.Acknowledge() -> CompletableFuture.completedFuture(true);
                case Settling.GiveBack(var delay, var attempts) -> {
                    Messages.Outgoing again = held.again(attempts);
                    Instant due = queue.time().now().plus(delay);
                    yield delay.isZero()
                            ? sender.send(queue.kind(), queue.names().main(), again)
                            : sender.send(
                                    queue.kind(),
                                    queue.names().later(),
                                    Messages.with(again, Messages.DUE, OpenQueue.millis(due)));
                }
                case Settling.SetAside(var error) ->
                    sender.sendToStream(
                            queue.kind(),
                            queue.names().dead(),
                            Letters.letter(held, error, queue.time().now()));
            };
        } catch (FairleadException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** Waits until the server has all acknowledgements of these channels on disk. */
    private void flush(Map<Deliveries, List<Settling>> touched) {
        if (touched.isEmpty()) {
            return;
        }
        long deadline = System.nanoTime() + 2 * settings.timeout().toNanos();
        touched.forEach((from, settled) -> broker.on(
                from.channel(),
                "acknowledging",
                on -> QueueLook.passive(
                        on, settled.getFirst().held().queue().names().main(), deadline)));
        Answers.await(
                "acknowledging",
                sender.send("acknowledging", settings.prefix() + OpenQueue.MARKS, OpenQueue.MARK),
                deadline);
    }

    /** Nothing of it reached the server for sure: the message is given back, and comes again. */
    private void fail(Settling settling, FairleadException failure) {
        settling.done().completeExceptionally(told(settling, failure));
        giveUp(settling.held());
    }

    /** Nobody knows whether the server has the acknowledgement: its channel ends, so that what it does not have comes again. */
    private void lose(Settling settling, FairleadException failure) {
        settling.held().queue().forget(settling.held());
        settling.done().completeExceptionally(told(settling, failure));
        Broker.discard(settling.held().from().channel());
    }

    private FairleadException told(Settling settling, FairleadException failure) {
        if (closed) {
            return Failures.closed();
        }
        return failure.code() == ErrorCode.UNREACHABLE
                ? Failures.failure(
                        ErrorCode.OUTCOME_UNKNOWN,
                        settling.held().queue().kind() + ": nobody can tell whether a message was settled: "
                                + failure.getMessage(),
                        failure)
                : failure;
    }

    @Override
    public void close() {
        closed = true;
        synchronized (bell) {
            bell.notifyAll();
        }
    }
}
