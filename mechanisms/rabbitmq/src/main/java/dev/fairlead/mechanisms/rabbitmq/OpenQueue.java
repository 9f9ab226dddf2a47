package dev.fairlead.mechanisms.rabbitmq;

import com.rabbitmq.client.AMQP;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.TimeSource;
import java.time.Instant;
import java.util.Set;
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
    private final Set<Held> held = ConcurrentHashMap.newKeySet();

    OpenQueue(Opening opening, QueueNames names, TimeSource time) {
        this.opening = opening;
        this.names = names;
        this.time = time;
        this.letters = new Letters(opening.streams(), names);
        this.keeper = new Keeper(this, opening.broker(), opening.sender());
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
        held.removeIf(each -> !each.channel().isOpen());
        return new Holdings.Count(held.size(), keeper.later(), keeper.due());
    }

    /** From now on others are told what is held here. */
    void answerInquiries() {
        opening.holdings().answer(names.inquiry(), this::count);
        keeper.refresh();
    }

    QueueDepth depth() {
        AMQP.Queue.DeclareOk later = look(names.later());
        long deadline = System.nanoTime() + LONGEST_LOOK;
        while (later.getConsumerCount() > 0 && later.getMessageCount() > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(SOON); // a keeper is about to have them, and then it counts them
            later = look(names.later());
        }
        Holdings.Count all = later.getConsumerCount() == 0
                ? Holdings.Count.NOTHING
                : opening.holdings().ask(names.inquiry(), later.getConsumerCount(), LONGEST_LOOK);
        return new QueueDepth(
                look(names.main()).getMessageCount() + all.due(),
                later.getMessageCount() + all.later(),
                all.held(),
                letters.count());
    }

    private AMQP.Queue.DeclareOk look(String queue) {
        return opening.broker().once("a look at " + kind(), channel -> channel.queueDeclarePassive(queue));
    }

    DeadLetters deadLetters() {
        return new RabbitDeadLetters(this, opening.sender());
    }

    /** The moment in milliseconds, never before it. */
    static long millis(Instant moment) {
        long millis = moment.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(moment) ? millis + 1 : millis;
    }
}
