package dev.fairlead.mechanisms.http;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.server.Nanos;
import dev.fairlead.spi.wire.LogMessages;
import dev.fairlead.spi.wire.WireOutput;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Reads a log by calls that the node answers when there is something, or after a while. */
final class HttpLogReader implements LogReader {
    private static final long SLICE = 10_000;

    private final NodeLink link;
    private final String log;
    private final String name = UUID.randomUUID().toString();
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile long next;
    private volatile boolean closed;

    private HttpLogReader(NodeLink link, String log, long offset) {
        this.link = link;
        this.log = log;
        this.next = Math.max(0, offset);
    }

    /** The node knows it when this returns, so that it hears what comes from now on. */
    static HttpLogReader open(NodeLink link, String log, long offset) {
        HttpLogReader reader = new HttpLogReader(link, log, offset);
        link.post(HttpMechanism.path(log, "read"), reader.message(0, 0));
        return reader;
    }

    private byte[] message(int most, long millis) {
        return new WireOutput()
                .text(name)
                .number(next)
                .count(most)
                .count((int) millis)
                .toBytes();
    }

    @Override
    public LogBatch poll(int maxRecords, Duration wait) {
        long begin = System.nanoTime();
        long nanos = Nanos.of(wait);
        while (true) {
            long left = Math.max(0, nanos - (System.nanoTime() - begin));
            long millis = Math.min(SLICE, (left + 999_999) / 1_000_000);
            LogBatch batch = look(Math.min(maxRecords, LogMessages.MOST_RECORDS), millis);
            boolean isOver = nanos - (System.nanoTime() - begin) <= 0;
            if (isOver || !batch.records().isEmpty() || batch.beat() != null || batch.hole() != null) {
                return batch;
            }
        }
    }

    private LogBatch look(int most, long millis) {
        requireOpen();
        try {
            LogMessages.Polled polled = LogMessages.polled(link.ask(
                    HttpMechanism.path(log, "read"), message(most, millis), Duration.ofMillis(millis), underWay));
            requireOpen();
            next = polled.next();
            return polled.batch();
        } catch (FairleadException e) {
            requireOpen();
            if (e.code() == ErrorCode.OUTCOME_UNKNOWN) {
                throw new FairleadException(ErrorCode.UNREACHABLE, String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }

    private void requireOpen() {
        if (closed) {
            throw link.closedFailure();
        }
        link.requireOpen();
    }

    @Override
    public long next() {
        return next;
    }

    @Override
    public void seek(long offset) {
        next = Math.max(0, offset);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        underWay.forEach(each -> each.cancel(true));
        link.postOnce(
                HttpMechanism.path(log, "leave"), new WireOutput().text(name).toBytes());
    }
}
