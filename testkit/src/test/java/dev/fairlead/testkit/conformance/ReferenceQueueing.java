package dev.fairlead.testkit.conformance;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Capability;
import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Dismissal;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.Queue;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueDepth;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.testkit.conformance.ReferenceQueues.Held;
import dev.fairlead.testkit.conformance.ReferenceQueues.QueueData;
import dev.fairlead.testkit.conformance.ReferenceQueues.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** The part of the reference mechanism that carries messages. Each protected method is a place where a mutant breaks one promise. */
abstract class ReferenceQueueing extends ReferenceTopics implements Queue {
    final ReferenceStore store;
    private final TimeSource time;
    private final Set<Long> moments = new HashSet<>();

    ReferenceQueueing(ReferenceStore store, TimeSource time) {
        super(store);
        this.store = store;
        this.time = time;
    }

    TimeSource time() {
        return time;
    }

    protected abstract void requireOpen();

    protected abstract void checkName(String name);

    protected abstract void checkQuestion(String item, Question question);

    @Override
    public void define(QueueDefinition definition) {
        synchronized (store) {
            requireOpen();
            require(Capability.QUEUE, definition.name());
            checkName(definition.name());
            if (definition.durability().reaches(Durability.D1)) {
                require(Capability.SURVIVES_KILL, definition.name());
            }
            if (definition.durability().reaches(Durability.D2)) {
                require(Capability.SURVIVES_POWER_LOSS, definition.name());
            }
            store.queues.putIfAbsent(definition.name(), new QueueData(definition.name(), definition.durability()));
        }
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message) {
        return send(queue, message, Instant.MIN);
    }

    @Override
    public CompletableFuture<Sent> send(String queue, Question message, Instant notBefore) {
        synchronized (store) {
            try {
                QueueData data = queueData(queue);
                if (notBefore != Instant.MIN) {
                    require(Capability.SCHEDULE, queue);
                }
                checkQuestion(queue, message);
                checkMoment(data, notBefore);
                enqueue(data, new Stored(message, notBefore));
                wakeReaders();
                return CompletableFuture.completedFuture(receipt(data.durability));
            } catch (FairleadException refusal) {
                return CompletableFuture.failedFuture(refusal);
            }
        }
    }

    protected Sent receipt(Durability durability) {
        return new Sent(durability);
    }

    protected void checkMoment(QueueData data, Instant notBefore) {
        if (notBefore.isAfter(time.now().plus(FARTHEST))) {
            throw ReferenceQueues.bad(data, "cannot wait until " + notBefore);
        }
    }

    protected void enqueue(QueueData data, Stored message) {
        data.messages.add(message);
    }

    /** Only for a moment to come, so that nothing rings below the store's lock. */
    void wakeAt(long moment) {
        if (moment - time.nanos() > 0 && moments.add(moment)) {
            time.at(moment, this::wakeAll);
        }
    }

    @Override
    public boolean countsHandBack() {
        return false;
    }

    @Override
    public QueueReceiver receive(String queue, Duration lease) {
        synchronized (store) {
            QueueData data = queueData(queue);
            checkLease(data, lease);
            return new ReferenceQueues.Receiver(this, data, lease);
        }
    }

    protected void checkLease(QueueData data, Duration lease) {
        if (!lease.isPositive() || lease.compareTo(LONGEST) > 0) {
            throw ReferenceQueues.bad(data, "cannot lease for " + lease);
        }
    }

    @Override
    public QueueDepth depth(String queue) {
        synchronized (store) {
            return queueData(queue).depth(time.now());
        }
    }

    @Override
    public DeadLetters deadLetters(String queue) {
        synchronized (store) {
            return new ReferenceQueues.Letters(this, queueData(queue));
        }
    }

    @Override
    public long erase(String queue, Predicate<Question> which) {
        synchronized (store) {
            requireOpen();
            require(Capability.ERASE_MESSAGES, queue);
            QueueData data = queueData(queue);
            List<Stored> fitting = data.messages.stream()
                    .filter(each -> which.test(each.message))
                    .toList();
            fitting.forEach(each -> each.holder = null);
            data.messages.removeAll(fitting);
            return fitting.size() + eraseDead(data, which);
        }
    }

    protected int eraseDead(QueueData data, Predicate<Question> which) {
        int before = data.dead.size();
        data.dead.removeIf(letter -> which.test(letter.message()));
        return before - data.dead.size();
    }

    private QueueData queueData(String queue) {
        requireOpen();
        require(Capability.QUEUE, queue);
        QueueData data = store.queues.get(queue);
        if (data == null) {
            throw new FairleadException(ErrorCode.PLAN, queue + " is not defined");
        }
        return data;
    }

    protected List<Delivered> take(ReferenceQueues.Receiver receiver, int most) {
        return receiver.take(most);
    }

    protected boolean mayTake(Stored message) {
        return message.holder == null || message.holder.over();
    }

    protected int attemptsAfter(int attempts) {
        return attempts + 1;
    }

    protected boolean leaseOver(long nanosBeyondTheEnd) {
        return nanosBeyondTheEnd >= 0;
    }

    protected boolean fenced(Held held) {
        return held.stored.holder != held || held.over();
    }

    protected void acknowledge(QueueData data, Stored message) {
        data.messages.remove(message);
    }

    protected void giveBack(QueueData data, Stored message, Duration delay) {
        data.messages.remove(message);
        message.notBefore = time.now().plus(delay);
        enqueue(data, message);
    }

    protected void handBack(QueueData data, Stored message) {
        message.attempts--;
        giveBack(data, message, Duration.ZERO);
    }

    protected void setAside(QueueData data, Stored message, String error) {
        data.messages.remove(message);
        keepDead(data, message, error);
    }

    protected void keepDead(QueueData data, Stored message, String error) {
        String kept = error.length() <= Delivered.MAX_ERROR ? error : error.substring(0, Delivered.MAX_ERROR);
        data.dead.add(new DeadLetter(data.nextDead++, message.message, message.attempts, kept, time.now()));
    }

    protected void redrive(QueueData data, DeadLetter letter) {
        data.dead.remove(letter);
        enqueue(data, new Stored(letter.message(), Instant.MIN));
    }

    protected void keepDismissal(QueueData data, Dismissal dismissal) {
        data.dismissals.add(dismissal);
    }

    /** Called with the store's lock held, after every change that somebody who waits may wait for. */
    protected void wakeReaders() {
        store.notifyAll();
    }

    void wakeAll() {
        synchronized (store) {
            store.notifyAll();
        }
    }

    protected void keepInterrupt() {
        Thread.currentThread().interrupt();
    }

    /** Gives back what receivers of this instance hold; called with the store's lock held. */
    protected void closeQueues() {
        for (QueueData data : store.queues.values()) {
            for (Stored message : data.messages) {
                Held holder = message.holder;
                if (holder != null && holder.receiver.owner == this) {
                    message.holder = null;
                }
            }
        }
    }
}
