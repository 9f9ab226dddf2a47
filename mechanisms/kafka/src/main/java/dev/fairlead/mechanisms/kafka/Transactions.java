package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.server.AppendRequest;
import dev.fairlead.spi.server.Appends;
import dev.fairlead.spi.server.Uninterrupted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of one claim, one after another.
 *
 * <p>Everything up to the commit can be taken back, so a failure before it has left nothing. Once the commit was sent, only its
 * acknowledgement tells; a new producer under the same transactional id then makes the brokers finish it one way or the other.
 */
final class Transactions implements Appends.Target, AutoCloseable {
    private static final Duration CLAIM_TO_SHOW = Duration.ofSeconds(3);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final Opening opening;
    private final Topics topics;
    private final Topic topic;
    private final TimeSource time;
    private final long epoch;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private volatile long end;
    private volatile boolean closed;

    Transactions(Opening opening, Topic topic, TimeSource time, Claims.Claimed claimed, long end) {
        this.opening = opening;
        this.topics = opening.topics();
        this.topic = topic;
        this.time = time;
        this.epoch = claimed.epoch();
        this.producer = claimed.producer();
        this.end = end;
    }

    long epoch() {
        return epoch;
    }

    /** Everything that was acknowledged stands below. */
    long end() {
        return end;
    }

    @Override
    public void write(List<AppendRequest> together) {
        List<Appended> written = commit(together);
        for (int i = 0; i < together.size(); i++) {
            together.get(i).result().complete(written.get(i));
        }
    }

    /** Writes the appends all or none; when it returns, readers see them. */
    private List<Appended> commit(List<AppendRequest> group) {
        KafkaProducer<byte[], byte[]> open = producer();
        List<Long> firsts = send(open, group);
        long last = firsts.getLast() + group.getLast().entries().size() - 1;
        if (firsts.getFirst() < end) {
            abort(open);
            throw Failures.failure(
                    ErrorCode.STORAGE_DAMAGED,
                    "log " + topic.log() + " went to " + end + ", but its topic goes on at " + firsts.getFirst()
                            + ": it was made anew, or its brokers have lost records (restore it)",
                    null);
        }
        try {
            open.commitTransaction();
        } catch (KafkaException | IllegalStateException e) {
            drop();
            if (!isClaimedSince()) {
                throw unknown(e);
            }
            if (!stands(firsts.getFirst(), e)) {
                throw Failures.fenced(topic.log());
            }
        }
        if (!topics.awaitVisible(topic, last)) {
            drop();
            throw unknown(null);
        }
        end = last + 1;
        return firsts.stream()
                .map(first -> new Appended(new Position(0, first), topic.level().durability()))
                .toList();
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (closed || producer == null) {
            throw Failures.closed();
        }
        return producer;
    }

    /** Where the first record of each append stands, once all are with the broker. */
    private List<Long> send(KafkaProducer<byte[], byte[]> open, List<AppendRequest> group) {
        try {
            open.beginTransaction();
            Instant now = time.now();
            List<List<Future<RecordMetadata>>> sent = new ArrayList<>(group.size());
            for (AppendRequest request : group) {
                List<Future<RecordMetadata>> records =
                        new ArrayList<>(request.entries().size());
                for (LogEntry entry : request.entries()) {
                    records.add(open.send(Records.of(topic.name(), entry, now)));
                }
                sent.add(records);
            }
            open.flush();
            List<Long> firsts = new ArrayList<>();
            for (List<Future<RecordMetadata>> records : sent) {
                firsts.add(together(records));
            }
            return firsts;
        } catch (KafkaException | IllegalStateException | ExecutionException e) {
            boolean fenced = Failures.isFenced(e);
            abort(open);
            throw fenced ? fenced(e) : failed(e);
        } catch (InterruptedException e) {
            abort(open);
            throw Failures.interrupted();
        }
    }

    /** A stranger's record between those of one append would make its positions wrong. */
    private long together(List<Future<RecordMetadata>> records) throws ExecutionException, InterruptedException {
        long first = records.getFirst().get().offset();
        for (int i = 1; i < records.size(); i++) {
            if (records.get(i).get().offset() != first + i) {
                throw new FairleadException(
                        ErrorCode.UNREACHABLE,
                        "log " + topic.log() + ": another program wrote into topic " + topic.name()
                                + " in the middle of an append, which was taken back (only the owner may write there)");
            }
        }
        return first;
    }

    private void abort(KafkaProducer<byte[], byte[]> open) {
        try {
            open.abortTransaction();
        } catch (KafkaException | IllegalStateException e) {
            drop();
        }
    }

    private synchronized void drop() {
        if (producer != null) {
            Producers.discard(producer);
            producer = null;
        }
    }

    private FairleadException failed(Exception e) {
        if (closed) {
            return Failures.closed();
        }
        FairleadException failure = Failures.of("an append to log " + topic.log(), e);
        boolean away = failure.code() == ErrorCode.UNREACHABLE || failure.code() == ErrorCode.INTERNAL;
        return away && isGone() ? Failures.gone("an append to log " + topic.log(), e) : failure;
    }

    private boolean isGone() {
        try {
            return !topics.find(topic.log()).id().equals(topic.id());
        } catch (FairleadException failure) {
            return failure.code() == ErrorCode.PLAN;
        }
    }

    /** Brokers also end a transaction that lasts too long, so only a later claim tells that the log is another's. */
    private FairleadException fenced(Exception e) {
        if (closed) {
            return Failures.closed();
        }
        if (isClaimedSince()) {
            return Failures.fenced(topic.log());
        }
        return Failures.failure(
                ErrorCode.UNREACHABLE,
                "an append to log " + topic.log()
                        + " failed: the brokers have ended its transaction (resume the writer)",
                e);
    }

    /** A claim shows only a moment after its producer has fenced this one off. */
    private boolean isClaimedSince() {
        long deadline = System.nanoTime() + CLAIM_TO_SHOW.toNanos();
        try {
            while (opening.claims().latest(topic.log()) <= epoch) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                Pauses.sleep(LOOK_AGAIN);
            }
            return true;
        } catch (FairleadException away) {
            return false;
        }
    }

    private FairleadException unknown(@Nullable Exception e) {
        String reason = e == null ? "no reader sees it yet" : String.valueOf(e.getMessage());
        return Failures.failure(
                ErrorCode.OUTCOME_UNKNOWN,
                "an append to log " + topic.log()
                        + ": its commit was under way and was not acknowledged, so it may or may" + " not be there ("
                        + reason + ")",
                e);
    }

    /** Whether a commit of which the answer was lost has come about: a later claim has made the brokers decide. */
    private boolean stands(long first, Exception lost) {
        try (KafkaLogReader reader = KafkaLogReader.open(opening, topic, first)) {
            List<LogRecord> records =
                    reader.pollStored(first + 1, 1, opening.cluster().settings().timeout());
            if (records.isEmpty() && reader.next() <= first) {
                throw unknown(lost);
            }
            return !records.isEmpty() && records.getFirst().offset() == first;
        } catch (FairleadException failure) {
            throw failure.code() == ErrorCode.OUTCOME_UNKNOWN ? failure : unknown(lost);
        }
    }

    /** Goes on with a new producer, unless the log was claimed meanwhile. */
    @Override
    public void resume() {
        checkHeld();
        if (producer == null) {
            KafkaProducer<byte[], byte[]> fresh = opening.cluster().transactionalProducer(topic.name());
            try {
                Uninterrupted.run(fresh::initTransactions);
                checkHeld(); // whoever claimed in between stands higher, and takes the log back by itself
            } catch (KafkaException e) {
                Producers.discard(fresh);
                throw Failures.of("resuming the writer of log " + topic.log(), e);
            } catch (FairleadException e) {
                Producers.discard(fresh);
                throw e;
            }
            keep(fresh);
        }
    }

    private synchronized void keep(KafkaProducer<byte[], byte[]> fresh) {
        if (closed) {
            Producers.discard(fresh);
            throw Failures.closed();
        }
        producer = fresh;
    }

    private void checkHeld() {
        if (opening.claims().latest(topic.log()) > epoch) {
            throw Failures.fenced(topic.log());
        }
    }

    @Override
    public void close() {
        closed = true;
        drop();
    }
}
