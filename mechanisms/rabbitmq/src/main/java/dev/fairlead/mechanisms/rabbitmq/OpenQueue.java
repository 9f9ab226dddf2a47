package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.AMQP;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.TimeSource;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One queue, as one opening uses it. Safe for many threads. */
final class OpenQueue {
    /** Behind the prefix, the queue of marks that {@link Settler} sends; it holds one, and nobody takes it. */
    static final String MARKS = "Fairlead.marks";

    static final Messages.Outgoing MARK = new Messages.Outgoing(
            new AMQP.BasicProperties.Builder().deliveryMode(2).build(), new byte[] {1});
    private static final long SOON = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_LOOK = TimeUnit.SECONDS.toNanos(2);

    private final Opening opening;
    private final QueueNames names;
    private final TimeSource time;
    private final Letters letters;
    private final Keeper keeper;
    private final Lasting lasting;
    private final QueueLook main;
    private final QueueLook later;
    private final Set<Held> held = ConcurrentHashMap.newKeySet();

    OpenQueue(Opening opening, QueueNames names, TimeSource time) {
        this.opening = opening;
        this.names = names;
        this.time = time;
        this.letters = new Letters(opening.streams(), names);
        this.keeper = new Keeper(this, opening.broker(), opening.sender());
        this.lasting = opening.lasting(names.main());
        this.main = new QueueLook(opening.broker(), names.main());
        this.later = new QueueLook(opening.broker(), names.later());
    }

    /** For messages. */
    String kind() {
        return "queue " + names.name();
    }

    QueueNames names() {
        return names;
    }

    TimeSource time() {
        return time;
    }

    Settler settler() {
        return opening.settler();
    }

    Broker broker() {
        return opening.broker();
    }

    Opening opening() {
        return opening;
    }

    Letters letters() {
        return letters;
    }

    Keeper keeper() {
        return keeper;
    }

    /** Whether a kill of the server leaves what it confirms. */
    Lasting lasting() {
        return lasting;
    }

    /** Sends to one of its queues on the server; completes when a kill of the server leaves it there. Not for the settler's thread. */
    CompletableFuture<Boolean> send(String to, Messages.Outgoing message) {
        CompletableFuture<Boolean> lasts = lasting.reached(); // before the message is sent: it must lie in what lasts
        return opening.sender()
                .send(kind(), to, message)
                .thenCompose(sent -> lasts.exceptionallyCompose(lost -> {
                    FairleadException known = Failures.known(lost);
                    return CompletableFuture.failedFuture(
                            known.code() == ErrorCode.CLOSED
                                    ? known
                                    : Failures.failure(
                                            ErrorCode.OUTCOME_UNKNOWN,
                                            kind() + ": nobody can tell whether a message was kept: "
                                                    + known.getMessage(),
                                            known));
                }));
    }

    void checkOpen() {
        opening.checkOpen();
    }

    void hold(Held message) {
        held.add(message);
        message.begin();
    }

    void forget(Held message) {
        held.remove(message);
    }

    /** What others are told of it. */
    Holdings.Count count() {
        held.removeIf(each -> !each.from().channel().isOpen());
        return new Holdings.Count(held.size(), keeper.later(), keeper.due());
    }

    /** From now on others are told what is held here. */
    void answerInquiries() {
        opening.holdings().answer(names.inquiry(), this::count);
        keeper.refresh();
    }

    QueueDepth depth() {
        long patience =
                System.nanoTime() + opening.streams().settings().timeout().toNanos();
        AMQP.Queue.DeclareOk waiting = later.look(patience);
        long deadline = System.nanoTime() + LONGEST_LOOK;
        while (waiting.getConsumerCount() > 0 && waiting.getMessageCount() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(SOON); // a keeper is about to have them, and then it counts them
            waiting = later.look(patience);
        }
        Holdings.Count all = waiting.getConsumerCount() == 0
                ? Holdings.Count.NOTHING
                : opening.holdings().ask(names.inquiry(), waiting.getConsumerCount(), LONGEST_LOOK);
        return new QueueDepth(
                main.look(patience).getMessageCount() + all.due(),
                waiting.getMessageCount() + all.later(),
                all.held(),
                letters.count());
    }

    RabbitDeadLetters deadLetters() {
        return new RabbitDeadLetters(this, opening.sender());
    }

    /** The moment in milliseconds, never before it. */
    static long millis(Instant moment) {
        long millis = moment.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(moment) ? millis + 1 : millis;
    }
}
