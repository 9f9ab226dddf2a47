package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.server.Members;
import dev.fairlead.spi.server.Uninterrupted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/** Reads the committed records of a topic with a consumer of its own, on the thread that polls. */
final class KafkaLogReader implements LogReader, Members.Member {
    private static final Duration SLICE = Duration.ofSeconds(1);

    private final Opening opening;
    private final Topic topic;
    private final TopicPartition partition;
    private final Beats beats;
    private final TopicWatch watch;
    private final Runnable wake;
    private final ReentrantLock lock = new ReentrantLock();
    private List<ConsumerRecord<byte[], byte[]>> fetched = List.of();
    private int taken;
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Beat seen;
    private long start;
    private long end;
    private long delivered;
    private volatile long next;
    private volatile boolean closed;

    private KafkaLogReader(
            Opening opening, Topic topic, KafkaConsumer<byte[], byte[]> consumer, LogBounds bounds, long offset) {
        this.opening = opening;
        this.topic = topic;
        this.partition = topic.partition();
        this.consumer = consumer;
        this.beats = opening.beats();
        this.watch = new TopicWatch(opening.topics(), topic);
        this.wake = () -> this.consumer.wakeup();
        this.start = bounds.start();
        this.end = bounds.end();
        this.next = Math.max(0, offset);
    }

    static KafkaLogReader open(Opening opening, Topic topic, long offset) {
        opening.beats().begin();
        LogBounds bounds = opening.topics().bounds(topic);
        return Uninterrupted.call(() -> {
            KafkaConsumer<byte[], byte[]> consumer = opening.cluster().consumer("read_committed");
            KafkaLogReader reader = new KafkaLogReader(opening, topic, consumer, bounds, offset);
            try {
                reader.place();
                reader.beats.join(topic.log(), reader.wake);
            } catch (RuntimeException | Error e) {
                Consumers.discard(consumer);
                throw e;
            }
            opening.join(reader);
            return reader;
        });
    }

    /** Puts the consumer where the next record is to come from; one that waits beyond the end passes over what comes before. */
    private void place() {
        fetched = List.of();
        taken = 0;
        consumer.assign(List.of(partition));
        consumer.seek(partition, Math.max(start, Math.min(next, end)));
    }

    @Override
    public LogBatch poll(int maxRecords, Duration wait) {
        long begin = System.nanoTime();
        long nanos = nanos(wait);
        lock.lock();
        try {
            while (true) {
                checkOpen();
                long left = Math.max(0, nanos - (System.nanoTime() - begin));
                fetch(Math.min(left, SLICE.toNanos()));
                List<LogRecord> records = take(maxRecords);
                LogBatch.Hole hole = hole();
                Beat beat = newBeat();
                boolean atEnd = hole != null && hole.to() >= end;
                if (!records.isEmpty() || beat != null || atEnd || nanos - (System.nanoTime() - begin) <= 0) {
                    next = hole == null ? next : hole.to();
                    return new LogBatch(records, bounds(), beat, hole);
                }
                watch.look();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What the cleaner took, the records' {@code emptyFrom} and the hole vouch for: whatever else is missing was lost on its way. */
    private LogBounds bounds() {
        return new LogBounds(start, start, Math.max(start, Math.max(end, next)));
    }

    private void checkOpen() {
        if (closed) {
            throw Failures.closed();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted();
        }
    }

    private static long nanos(Duration wait) {
        try {
            return wait.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    private void fetch(long nanos) {
        if (taken < fetched.size()) {
            return;
        }
        try {
            fetched = consumer.poll(Duration.ofNanos(nanos)).records(partition);
            taken = 0;
            if (!fetched.isEmpty()) {
                watch.alive();
            }
            noteEnd();
        } catch (WakeupException e) {
            checkOpen();
        } catch (InvalidOffsetException e) {
            outOfRange();
        } catch (InterruptException e) {
            throw Failures.interrupted();
        } catch (KafkaException e) {
            throw closed ? Failures.closed() : Failures.of("reading log " + topic.log(), e);
        }
    }

    private void noteEnd() {
        long position = position();
        OptionalLong lag = consumer.currentLag(partition);
        end = Math.max(end, position + lag.orElse(0));
    }

    private long position() {
        try {
            return consumer.position(partition, Duration.ZERO);
        } catch (TimeoutException | WakeupException e) {
            return next;
        }
    }

    /** Retention has passed the reader, or it waits beyond the end, or the log has become shorter than what was read of it. */
    private void outOfRange() {
        LogBounds bounds = opening.topics().bounds(topic);
        start = bounds.start();
        if (delivered > bounds.end()) {
            throw Failures.failure(
                    ErrorCode.STORAGE_DAMAGED,
                    "log " + topic.log() + " ends at " + bounds.end() + ", but it was read up to " + delivered
                            + ": its topic was made anew, or its brokers have lost records (restore it)",
                    null);
        }
        end = bounds.end();
        place();
    }

    private List<LogRecord> take(int most) {
        List<LogRecord> records = new ArrayList<>(Math.min(most, fetched.size() - taken));
        while (records.size() < most && taken < fetched.size()) {
            ConsumerRecord<byte[], byte[]> record = fetched.get(taken++);
            if (record.offset() >= next) {
                records.add(Records.of(record, Math.max(next, start)));
                next = record.offset() + 1;
                delivered = next;
            }
        }
        return records;
    }

    /** What the consumer has passed over behind the last record: marks of commits, and what was taken back. */
    private LogBatch.@Nullable Hole hole() {
        if (taken < fetched.size()) {
            return null;
        }
        long position = position();
        long from = Math.max(next, start);
        return position > from ? new LogBatch.Hole(from, position) : null;
    }

    private @Nullable Beat newBeat() {
        Beat newest = beats.newest(topic.log());
        if (newest == seen) {
            return null;
        }
        seen = newest;
        return newest;
    }

    @Override
    public long next() {
        return next;
    }

    @Override
    public void seek(long offset) {
        lock.lock();
        try {
            checkOpen();
            next = Math.max(0, offset);
            renew();
        } finally {
            lock.unlock();
        }
    }

    /** A consumer that waits at the end asks for nothing else until the broker has answered, so another takes its place. */
    private void renew() {
        KafkaConsumer<byte[], byte[]> old = consumer;
        consumer = opening.cluster().consumer("read_committed");
        Consumers.discard(old);
        place();
    }

    @Override
    public void close() {
        opening.leave(this);
        end();
    }

    @Override
    public void end() {
        closed = true;
        beats.leave(topic.log(), wake);
        consumer.wakeup();
        lock.lock();
        try {
            Consumers.discard(consumer);
        } finally {
            lock.unlock();
        }
    }
}
