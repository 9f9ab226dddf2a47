package dev.fairlead.mechanisms.http;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.input.LogLimits;
import dev.fairlead.spi.server.AppendRequest;
import dev.fairlead.spi.server.Appends;
import dev.fairlead.spi.wire.LogMessages;
import dev.fairlead.spi.wire.WireInput;
import dev.fairlead.spi.wire.WireOutput;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what waits by one call after another. Each names the offset of its first record, which only this writer gives out: so a call that is
 * made again, because its answer was lost or the node was started anew, is done once.
 */
final class HttpLogWriter implements LogWriter {
    /** What the node's store adds to each record, and what stands between records on the way. */
    private static final int OVERHEAD = 25;

    private final NodeLink link;
    private final String log;
    private final long epoch;
    private final Appends appends;
    private final Consumer<HttpLogWriter> leaving;
    private final AtomicReference<@Nullable Instant> beat = new AtomicReference<>();
    private volatile @Nullable FairleadException fenced;
    private long turn;
    private long end;
    private Durability reached;

    private HttpLogWriter(
            NodeLink link, String log, long epoch, long end, Durability reached, Consumer<HttpLogWriter> leaving) {
        this.leaving = leaving;
        this.link = link;
        this.log = log;
        this.epoch = epoch;
        this.end = end;
        this.reached = reached;
        this.appends = new Appends(HttpMechanism.NAME, log, new Writing());
    }

    /** Claims the log; {@code least} is the level that every acknowledged record reaches, {@code leaving} hears of its close. */
    static HttpLogWriter claim(
            NodeLink link, String log, String owner, Durability least, Consumer<HttpLogWriter> leaving) {
        WireInput in = new WireInput(link.post(
                HttpMechanism.path(log, "claim"), new WireOutput().text(owner).toBytes()));
        HttpLogWriter writer = new HttpLogWriter(link, log, in.number(), in.number(), least, leaving);
        writer.appends.start();
        return writer;
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public CompletableFuture<Appended> append(int partition, List<LogEntry> entries) {
        try {
            link.requireOpen();
            LogLimits.checkPartition(log, partition);
            List<LogEntry> kept = List.copyOf(entries);
            long bytes = LogLimits.checkEntries(log, kept, OVERHEAD);
            AppendRequest request = new AppendRequest(kept, bytes, new CompletableFuture<>());
            appends.add(request);
            return request.result();
        } catch (FairleadException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private byte[] post(String act, byte[] message) {
        return noting(() -> link.post(HttpMechanism.path(log, act), message));
    }

    private byte[] noting(Supplier<byte[]> call) {
        try {
            return call.get();
        } catch (FairleadException e) {
            if (e.code() == ErrorCode.FENCED) {
                fenced = e;
            }
            throw e;
        }
    }

    @Override
    public void resume() {
        link.requireOpen();
        appends.resume();
    }

    /** What one thread at a time does. */
    private final class Writing implements Appends.Target {
        @Override
        public void write(List<AppendRequest> together) {
            List<AppendRequest> left = together;
            while (!left.isEmpty()) {
                List<List<LogEntry>> entries =
                        left.stream().map(AppendRequest::entries).toList();
                byte[] answer = sent(LogMessages.append(new LogMessages.Append(epoch, turn, end, entries)));
                LogMessages.Stands stands = LogMessages.stands(answer, left.size());
                reached = stands.reached().orElse(reached);
                left.subList(0, stands.appends()).forEach(this::stands);
                left = left.subList(stands.appends(), left.size());
            }
        }

        private void stands(AppendRequest request) {
            request.result().complete(new Appended(new Position(0, end), reached));
            end += request.entries().size();
        }

        /** A close in the middle leaves open whether the node goes on with it. */
        private byte[] sent(byte[] message) {
            try {
                return noting(() ->
                        link.posted(HttpMechanism.path(log, "append"), message).surely());
            } catch (FairleadException e) {
                throw e.code() == ErrorCode.CLOSED
                        ? new FairleadException(
                                ErrorCode.OUTCOME_UNKNOWN,
                                "log " + log + ": the mechanism was closed while records were appended",
                                e)
                        : e;
            }
        }

        /** From here on nothing is written any more of what was under way, and the end of the log tells what was. */
        @Override
        public void resume() {
            turn++;
            WireInput in = new WireInput(
                    post("resume", new WireOutput().number(epoch).number(turn).toBytes()));
            end = in.number();
            in.end();
        }
    }

    @Override
    public long erase(int partition, byte[] key, long below) {
        link.requireOpen();
        LogLimits.checkPartition(log, partition);
        WireInput in = new WireInput(post(
                "erase", new WireOutput().number(epoch).bytes(key).number(below).toBytes()));
        return in.number();
    }

    @Override
    public void beat(Instant time) {
        link.requireOpen();
        FairleadException known = fenced;
        if (known != null) {
            throw known;
        }
        if (beat.getAndSet(time) == null) {
            sendBeat(time);
        }
    }

    /** One beat is on its way at a time, so that none overtakes another; of those that wait the newest is sent. */
    private void sendBeat(Instant time) {
        byte[] message = new WireOutput().number(epoch).moment(time).toBytes();
        link.postOnce(HttpMechanism.path(log, "beat"), message).whenComplete((failure, thrown) -> {
            if (failure != null && failure.code() == ErrorCode.FENCED) {
                fenced = failure;
            }
            if (!beat.compareAndSet(time, null)) {
                Instant newer = beat.get();
                if (newer != null) {
                    sendBeat(newer);
                }
            }
        });
    }

    @Override
    public void close() {
        leaving.accept(this);
        appends.close();
        appends.awaitEnd(link.settings().timeout());
        link.postOnce(
                HttpMechanism.path(log, "retire"),
                new WireOutput().number(epoch).toBytes());
    }

    /** Ends with the mechanism: what waits fails with CLOSED. */
    void end() {
        appends.close();
    }
}
