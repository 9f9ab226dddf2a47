package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.server.Threads;
import dev.fairlead.spi.server.Uninterrupted;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The topic of one queue, read from its beginning and on and on by one thread, which folds it into the {@link QueueState}. Safe for many threads.
 *
 * <p>A step counts where it stands: its outcome is known when this thread has read it, and is the same for every other reader.
 */
final class QueueJournal {
    private static final System.Logger LOG = System.getLogger(QueueJournal.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final String queue;
    private final Opening opening;
    private final Topic topic;
    private final QueueWriter writer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicWatch watch;
    private final QueueCare care;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private QueueState state = new QueueState();
    private final Set<Long> wanted = new HashSet<>();
    private final PendingSteps pending;
    private long next;
    private long changes;
    private boolean closed;
    private @Nullable FairleadException broken;
    private @Nullable Thread thread;

    QueueJournal(String queue, Opening opening, Topic topic, TimeSource time) {
        this.queue = queue;
        this.opening = opening;
        this.topic = topic;
        this.writer = opening.queueWriter();
        this.consumer = opening.cluster().consumer("read_committed");
        this.watch = new TopicWatch(opening.topics(), topic);
        this.care = new QueueCare(this, time, consumer::wakeup);
        this.pending = new PendingSteps(opening.settings().timeout().toNanos() * 2);
    }

    /** Begins to read, and returns when it has come as far as the journal goes now. */
    void start() {
        try {
            consumer.assign(List.of(topic.partition()));
            consumer.seekToBeginning(List.of(topic.partition()));
            next = consumer.position(
                    topic.partition(), opening.cluster().settings().timeout());
        } catch (KafkaException e) {
            Consumers.discard(consumer);
            opening.checkOpen();
            throw Failures.of("reading queue " + queue, e);
        }
        thread = Thread.ofPlatform()
                .daemon()
                .name("fairlead kafka queue " + queue)
                .start(this::run);
        catchUp();
        look(found -> {
            care.begin(found);
            return true;
        });
    }

    Topic topic() {
        return topic;
    }

    String queue() {
        return queue;
    }

    UUID self() {
        return writer.opening();
    }

    private void run() {
        try (consumer) {
            while (readOn()) {
                care.look();
            }
        } catch (FairleadException failure) {
            if (failure.code() != ErrorCode.CLOSED) {
                fail(failure);
            }
        } catch (RuntimeException | Error unexpected) {
            fail(Failures.failure(
                    ErrorCode.INTERNAL, "reading queue " + queue + " ended unexpectedly: " + unexpected, unexpected));
        }
    }

    private void fail(FairleadException failure) {
        LOG.log(System.Logger.Level.WARNING, () -> "queue " + queue + " cannot be read on: " + failure.getMessage());
        lock.lock();
        try {
            broken = failure;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        pending.fail(failure);
    }

    private boolean readOn() {
        ConsumerRecords<byte[], byte[]> records = ConsumerRecords.empty();
        try {
            records = consumer.poll(LOOK);
        } catch (WakeupException e) {
            // somebody has something to do, or it is the end
        } catch (InvalidOffsetException e) {
            beginAgain();
        } catch (KafkaException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "queue " + queue + " cannot be read now", e);
            Pauses.sleep(Duration.ofMillis(100));
        }
        if (!records.isEmpty()) {
            watch.alive();
        }
        watchTopic();
        return apply(records);
    }

    /** Others have taken away what nobody needs, while this opening had not read it yet: what is left tells everything. */
    private void beginAgain() {
        LogBounds bounds = opening.topics().bounds(topic);
        if (next >= bounds.start()) {
            throw Failures.failure(
                    ErrorCode.STORAGE_DAMAGED,
                    "queue " + queue + " was read up to " + next + ", which its topic does not have: it was made anew,"
                            + " or its brokers have lost records (restore it)",
                    null);
        }
        lock.lock();
        try {
            state = new QueueState();
            next = bounds.start();
            consumer.seek(topic.partition(), next);
        } finally {
            lock.unlock();
        }
    }

    private void watchTopic() {
        try {
            watch.look();
        } catch (FairleadException failure) {
            if (failure.code() == ErrorCode.STORAGE_DAMAGED) {
                throw failure;
            }
        }
    }

    private boolean apply(ConsumerRecords<byte[], byte[]> records) {
        Map<CompletableFuture<QueueState.Effect>, QueueState.Effect> done = new HashMap<>();
        lock.lock();
        try {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                apply(record, done);
                next = record.offset() + 1;
            }
            next = Math.max(next, position());
            changes++;
            changed.signalAll();
            if (closed) {
                return false;
            }
        } finally {
            lock.unlock();
        }
        done.forEach(CompletableFuture::complete);
        pending.removeOverdue().forEach(each -> each.completeExceptionally(unknown()));
        return true;
    }

    private FairleadException unknown() {
        return Failures.failure(
                ErrorCode.OUTCOME_UNKNOWN, "queue " + queue + ": no broker told in time what became of a step", null);
    }

    private long position() {
        try {
            return consumer.position(topic.partition(), Duration.ZERO);
        } catch (KafkaException e) {
            return next;
        }
    }

    private void apply(
            ConsumerRecord<byte[], byte[]> record, Map<CompletableFuture<QueueState.Effect>, QueueState.Effect> done) {
        Header name = record.headers().lastHeader(QueueWriter.STEP);
        if (name == null) {
            state.sent(record.offset(), Records.message(record), Records.notBefore(record));
            return;
        }
        QueueStep step = record.value() == null ? null : QueueSteps.unpack(record.value());
        byte[] words = name.value();
        if (step == null || words == null || words.length != 3 * Long.BYTES) {
            LOG.log(System.Logger.Level.WARNING, "queue {0}: no step at {1}", queue, record.offset());
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(words);
        UUID by = new UUID(in.getLong(), in.getLong());
        QueueState.Effect effect = state.apply(step, by, record.offset(), record.timestamp());
        CompletableFuture<QueueState.Effect> own = by.equals(self()) ? pending.remove(in.getLong()) : null;
        if (own != null) {
            done.put(own, effect);
        }
        care.noted(effect, by, own != null && !own.isDone());
    }

    /** What one receiver takes: the first that are due now and that no other receiver here is about to take; may be nothing. */
    List<Taken> take(int most, long lease, TimeSource time) {
        List<Long> ids;
        lock.lock();
        try {
            checkOpen();
            ids = state.due(time.now(), most, id -> !wanted.contains(id));
            wanted.addAll(ids);
        } finally {
            lock.unlock();
        }
        if (ids.isEmpty()) {
            return List.of();
        }
        try {
            return taken(Futures.outcome(take(new QueueStep.Take(lease, ids))).took(), time);
        } finally {
            lock.lock();
            try {
                ids.forEach(wanted::remove);
            } finally {
                lock.unlock();
            }
        }
    }

    /** A message as it was when it was taken. */
    record Taken(QueueStep.Hold hold, int attempt, @Nullable Question content, long moment) {}

    private List<Taken> taken(List<QueuedMessage> messages, TimeSource time) {
        lock.lock();
        try {
            long moment = time.nanos();
            List<Taken> taken = new ArrayList<>();
            for (QueuedMessage message : messages) {
                if (message.taken != QueuedMessage.FREE && self().equals(message.holder)) {
                    care.leased(message, moment);
                    taken.add(new Taken(message.hold(), message.attempts, message.content, moment));
                }
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a step; the outcome is known, on a thread of this class or of the producer, when the journal has been read up to it. */
    CompletableFuture<QueueState.Effect> take(QueueStep step) {
        CompletableFuture<QueueState.Effect> outcome = new CompletableFuture<>();
        long number;
        lock.lock();
        try {
            checkOpen();
            number = pending.add(outcome);
        } finally {
            lock.unlock();
        }
        writer.step(topic, number, step, (offset, failure) -> {
            if (failure != null) {
                pending.remove(number);
                outcome.completeExceptionally(failure);
            }
        });
        return outcome;
    }

    /** Takes a step of which nobody waits for the outcome. */
    void takeQuietly(QueueStep step) {
        take(step).exceptionally(failure -> {
            LOG.log(System.Logger.Level.DEBUG, () -> "a step of queue " + queue + " did not go out", failure);
            return QueueState.Effect.of(0);
        });
    }

    /** A look at the state as it has been read. */
    <T> T look(Function<QueueState, T> what) {
        lock.lock();
        try {
            checkOpen();
            return what.apply(state);
        } finally {
            lock.unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw Failures.closed();
        }
        if (broken != null) {
            throw broken;
        }
    }

    /** Returns when everything has been read that was acknowledged before the call. */
    void catchUp() {
        long end = end();
        long patience = opening.cluster().settings().timeout().toNanos();
        lock.lock();
        try {
            long left = patience;
            long seen = next;
            while (next < end) {
                checkOpen();
                if (left <= 0) {
                    throw Failures.failure(
                            ErrorCode.UNREACHABLE,
                            "queue " + queue + " goes to " + end + ", but could be read only to " + next,
                            null);
                }
                left = next > seen ? patience : changed.awaitNanos(left);
                seen = next;
            }
            checkOpen();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** How far the journal goes, by the brokers' word; a failure of the reading thread ends the wait for that. */
    private long end() {
        KafkaFuture<Long> asked = opening.topics().end(topic);
        return Uninterrupted.call(() -> {
            long deadline = System.nanoTime()
                    + opening.cluster().settings().timeout().multipliedBy(2).toNanos();
            while (true) {
                try {
                    return asked.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException | ExecutionException e) {
                    look(state -> true); // tells what is the matter, if anybody knows
                    if (e instanceof ExecutionException || System.nanoTime() > deadline) {
                        throw Failures.failure(
                                ErrorCode.UNREACHABLE, "queue " + queue + ": no broker tells how far it goes", e);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw Failures.interrupted();
                }
            }
        });
    }

    /** How often something has changed. */
    long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something has changed since then, at most so long. */
    void await(long since, long nanos) {
        lock.lock();
        try {
            checkOpen();
            if (changes == since) {
                changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes those who wait, so that they look again. */
    void signal() {
        lock.lock();
        try {
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How far it has been read. */
    long next() {
        lock.lock();
        try {
            return next;
        } finally {
            lock.unlock();
        }
    }

    Opening opening() {
        return opening;
    }

    /** Gives back what is held here, and reads no further. */
    void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (pending.wereAny()) {
            writer.step(topic, Long.MAX_VALUE, new QueueStep.Leave(), (offset, failure) -> {});
        }
        consumer.wakeup();
        if (thread != null) {
            Threads.join(thread, opening.settings().timeout());
        }
        care.close();
        pending.fail(Failures.closed());
    }
}
