package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.server.Members;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Reads a stream; a connection that is lost is made anew at the place that was reached. */
final class RabbitLogReader implements LogReader, Members.Member {
    private static final long SLICE = Duration.ofMillis(200).toNanos();

    private final Opening opening;
    private final String log;
    private final String stream;
    private final Runnable wake = this::wake;
    private final ReentrantLock polling = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Arrivals arrivals;
    /** The piece of the stream that is being read: what is below {@link #reached} has been. */
    private @Nullable StreamPiece piece;

    private @Nullable Beat seen;
    private long start;
    private long end;
    /** Everything below has been looked at. */
    private long reached;

    private volatile long next;
    private volatile boolean closed;

    private RabbitLogReader(Opening opening, String log, String stream, LogBounds bounds, long offset) {
        this.opening = opening;
        this.log = log;
        this.stream = stream;
        this.start = bounds.start();
        this.end = bounds.end();
        this.next = Math.max(0, offset);
        this.reached = next;
        this.arrivals = new Arrivals(lock, changed);
    }

    static RabbitLogReader open(Opening opening, String log, String stream, long offset) {
        LogBounds bounds = opening.streams().bounds(stream);
        RabbitLogReader reader = new RabbitLogReader(opening, log, stream, bounds, offset);
        try {
            reader.subscribe();
            opening.beats().join(log, reader.wake);
            opening.join(reader);
            return reader;
        } catch (RuntimeException | Error e) {
            reader.end(); // else each attempt would leave another one behind
            throw e;
        }
    }

    private void subscribe() {
        Arrivals fresh = new Arrivals(lock, changed);
        fresh.begin(opening.streams().connection(null), stream, reached);
        arrivals = fresh;
        piece = null;
    }

    @Override
    public LogBatch poll(int maxRecords, Duration wait) {
        long begin = System.nanoTime();
        long nanos = nanos(wait);
        polling.lock();
        try {
            while (true) {
                checkOpen();
                List<LogRecord> records = take(maxRecords);
                Beat beat = newBeat();
                long left = nanos - (System.nanoTime() - begin);
                boolean atEnd = next < end && reached >= end;
                if (!records.isEmpty() || beat != null || atEnd || left <= 0) {
                    LogBatch.Hole hole = records.isEmpty() || atEnd ? hole() : null;
                    next = hole == null ? next : hole.to();
                    return new LogBatch(records, bounds(), beat, hole);
                }
                await(Math.min(left, SLICE));
            }
        } finally {
            polling.unlock();
        }
    }

    private LogBounds bounds() {
        long known = Math.max(end, Math.max(start, next));
        return new LogBounds(start, start, known);
    }

    private static long nanos(Duration wait) {
        try {
            return wait.toNanos();
        } catch (ArithmeticException e) {
            return Long.MAX_VALUE;
        }
    }

    private void checkOpen() {
        if (closed) {
            throw Failures.closed();
        }
        if (Thread.currentThread().isInterrupted()) {
            throw Failures.interrupted();
        }
    }

    private List<LogRecord> take(int most) {
        List<LogRecord> records = new ArrayList<>();
        while (records.size() < most) {
            if (piece == null || reached >= piece.behind()) {
                piece = arrivals.take();
                if (piece == null) {
                    break;
                }
                begins(piece.first());
            }
            take(piece, most, records);
        }
        end = Math.max(end, next);
        return records;
    }

    private void take(StreamPiece from, int most, List<LogRecord> records) {
        reached = Math.max(reached, from.from());
        while (reached < from.behind() && records.size() < most) {
            long offset = reached++;
            StreamMessage message = from.messages().get((int) (offset - from.from()));
            LogRecord record = message.record(offset, Math.max(next, start));
            if (record != null) {
                records.add(record);
                next = reached;
            }
        }
    }

    /** A piece that does not follow on: what the server keeps between pieces has no records, but retention takes some from the start. */
    private void begins(long first) {
        if (first > reached) {
            if (first > start) {
                start = Math.max(start, opening.streams().bounds(stream).start());
            }
            reached = first;
        }
    }

    /** What was passed over up to the end of the log, which is behind its last record: marks behind that are passed with the next record. */
    private LogBatch.@Nullable Hole hole() {
        long from = Math.max(next, start);
        long to = Math.min(reached, end);
        return to > from ? new LogBatch.Hole(from, to) : null;
    }

    private @Nullable Beat newBeat() {
        Beat newest = opening.beats().newest(log);
        if (newest == seen) {
            return null;
        }
        seen = newest;
        return newest;
    }

    private void await(long nanos) {
        FairleadException lost;
        opening.beats().refresh();
        lock.lock();
        try {
            lost = arrivals.lost();
            if (lost == null && arrivals.isEmpty() && !closed && opening.beats().newest(log) == seen) {
                changed.awaitNanos(nanos);
                lost = arrivals.lost();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw closed ? Failures.closed() : Failures.interrupted();
        } finally {
            lock.unlock();
        }
        if (lost != null) {
            checkOpen();
            renew();
        }
    }

    /** Goes on where it was; a server that is away is asked again by the next call, and what it has lost is said. */
    private void renew() {
        try {
            if (!opening.streams().exists(stream)) {
                throw Failures.gone("reading log " + log);
            }
            LogBounds bounds = opening.streams().bounds(stream);
            if (next > bounds.end() && next > 0 && end >= next) {
                throw Failures.failure(
                        ErrorCode.STORAGE_DAMAGED,
                        "log " + log + " ends at " + bounds.end() + ", but it was read up to " + next
                                + ": its stream was made anew, or the server has lost records (restore it)",
                        null);
            }
            end = Math.max(end, bounds.end());
            subscribe();
        } catch (FairleadException failure) {
            if (failure.code() != ErrorCode.UNREACHABLE) {
                throw closed ? Failures.closed() : failure;
            }
            opening.streams().pause();
        }
    }

    @Override
    public long next() {
        return next;
    }

    @Override
    public void seek(long offset) {
        polling.lock();
        try {
            checkOpen();
            arrivals.end();
            next = Math.max(0, offset);
            reached = next;
            subscribe();
        } finally {
            polling.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        opening.leave(this);
        end();
    }

    @Override
    public void end() {
        closed = true;
        opening.beatsToEnd().leave(log, wake);
        wake();
        polling.lock();
        try {
            arrivals.end();
        } finally {
            polling.unlock();
        }
    }
}
