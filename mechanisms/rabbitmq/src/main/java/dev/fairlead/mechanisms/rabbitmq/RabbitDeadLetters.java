package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.Channel;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Dismissal;
import dev.fairlead.spi.input.QueueLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The dead letters of one queue. Who changes them holds a lock on the server meanwhile, so that two do not send one letter again. */
final class RabbitDeadLetters implements DeadLetters {
    private static final long MOST_BYTES = 16L << 20;

    private final OpenQueue queue;
    private final Sender sender;

    RabbitDeadLetters(OpenQueue queue, Sender sender) {
        this.queue = queue;
        this.sender = sender;
    }

    @Override
    public List<DeadLetter> list(long after, int most) {
        queue.checkOpen();
        QueueLimits.checkList(queue.names().name(), most);
        return queue.opening().streams().patiently(() -> queue.letters().behind(after, most));
    }

    @Override
    public Optional<DeadLetter> find(long number) {
        queue.checkOpen();
        return queue.opening()
                .streams()
                .patiently(() -> queue.letters().of(List.of(number)).stream().findFirst());
    }

    @Override
    public int redrive(List<Long> numbers) {
        queue.checkOpen();
        if (numbers.size() > MOST) {
            throw QueueLimits.bad(queue.names().name(), "at most " + MOST + " dead letters are sent again at once");
        }
        return numbers.isEmpty() ? 0 : locked(() -> sendAgain(List.copyOf(numbers)));
    }

    private int sendAgain(List<Long> numbers) {
        List<DeadLetter> letters = queue.letters().of(numbers);
        long bytes =
                letters.stream().mapToLong(letter -> letter.message().size()).sum();
        if (bytes > MOST_BYTES) {
            throw QueueLimits.bad(
                    queue.names().name(), "dead letters of at most " + MOST_BYTES + " bytes are sent again at once");
        }
        if (letters.isEmpty()) {
            return 0;
        }
        List<CompletableFuture<Boolean>> sent = new ArrayList<>();
        for (DeadLetter letter : letters) {
            sent.add(queue.send(queue.names().main(), Messages.redriven(letter)));
        }
        sent.forEach(this::await);
        noteRedriven(letters.stream().map(DeadLetter::number).toList());
        return letters.size();
    }

    private void noteRedriven(List<Long> numbers) {
        await(sender.sendToStream(queue.kind(), queue.names().dead(), Letters.redriven(numbers)));
    }

    /** Ends what a kill has stopped between sending a letter again and noting it: who gets the message notes it, so that it is one or the other. */
    void finishRedrive(long number) {
        if (queue.letters().mayHave(number) && queue.letters().has(number)) {
            noteRedriven(List.of(number));
        }
    }

    @Override
    public void dismiss(long number, String reason) {
        queue.checkOpen();
        QueueLimits.checkReason(queue.names().name(), reason);
        locked(() -> {
            if (!queue.letters().has(number)) {
                throw QueueLimits.bad(queue.names().name(), "there is no dead letter " + number);
            }
            return await(sender.sendToStream(
                    queue.kind(),
                    queue.names().dead(),
                    Letters.dismissed(number, reason, queue.time().now())));
        });
    }

    @Override
    public List<Dismissal> dismissals() {
        queue.checkOpen();
        return queue.opening().streams().patiently(() -> queue.letters().dismissals());
    }

    private boolean await(CompletableFuture<Boolean> sent) {
        return Answers.await(
                queue.kind(),
                sent,
                System.nanoTime()
                        + queue.opening().streams().settings().creationWait().toNanos()
                        + 2 * queue.opening().streams().settings().timeout().toNanos());
    }

    /** Works while this process alone, and in it this thread alone, may change dead letters. */
    private <T> T locked(Supplier<T> work) {
        synchronized (queue.letters().changing()) {
            Channel lock = lock();
            try {
                return work.get();
            } finally {
                queue.broker()
                        .on(
                                lock,
                                "unlocking dead letters",
                                on -> on.queueDelete(queue.names().lock()));
                Broker.discard(lock);
            }
        }
    }

    /** An exclusive queue belongs to one connection, and goes with it. */
    private Channel lock() {
        long deadline = System.nanoTime()
                + queue.opening().streams().settings().timeout().toNanos();
        while (true) {
            Channel channel = queue.broker().channel("locking dead letters");
            try {
                queue.broker()
                        .on(
                                channel,
                                "locking dead letters",
                                on -> on.queueDeclare(queue.names().lock(), false, true, false, null));
                return channel;
            } catch (FairleadException failure) {
                Broker.discard(channel);
                boolean taken =
                        failure.getCause() != null && Replies.code(failure.getCause()) == Replies.RESOURCE_LOCKED;
                if (!taken || System.nanoTime() >= deadline) {
                    throw taken
                            ? Failures.failure(
                                    ErrorCode.UNREACHABLE,
                                    queue.kind() + ": others change its dead letters for long",
                                    failure)
                            : failure;
                }
            }
            queue.opening().streams().pause();
        }
    }
}
