package dev.fairlead.mechanisms.rabbitmq;

import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.input.LogLimits;
import dev.fairlead.spi.server.AppendRequest;
import dev.fairlead.spi.server.Appends;
import dev.fairlead.spi.server.Members;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Writes a log: a queue of appends in front of a claimed stream. */
final class RabbitLogWriter implements LogWriter, Members.Member {
    private final Opening opening;
    private final String log;
    private final ClaimedStream stream;
    private final Appends appends;
    private final Duration timeout;

    private RabbitLogWriter(Opening opening, String log, ClaimedStream stream) {
        this.opening = opening;
        this.log = log;
        this.stream = stream;
        this.appends = new Appends(RabbitMechanism.NAME, log, stream);
        this.timeout = opening.streams().settings().timeout();
    }

    static RabbitLogWriter start(Opening opening, String log, ClaimedStream stream) {
        RabbitLogWriter writer = new RabbitLogWriter(opening, log, stream);
        opening.join(writer);
        writer.appends.start();
        return writer;
    }

    @Override
    public long epoch() {
        return stream.epoch();
    }

    @Override
    public CompletableFuture<Appended> append(int partition, List<LogEntry> entries) {
        try {
            opening.checkOpen();
            LogLimits.checkPartition(log, partition);
            List<LogEntry> kept = List.copyOf(entries);
            long bytes = LogLimits.checkEntries(log, kept, 0);
            AppendRequest request = new AppendRequest(kept, bytes, new CompletableFuture<>());
            appends.add(request);
            return request.result();
        } catch (FairleadException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public void resume() {
        opening.checkOpen();
        appends.resume();
    }

    @Override
    public long erase(int partition, byte[] key, long below) {
        opening.checkOpen();
        throw Failures.cannot(
                "log " + log + ": a stream of RabbitMQ cannot lose the content of single records (keep what"
                        + " must be erased on a mechanism that declares ERASE)");
    }

    @Override
    public void beat(Instant time) {
        opening.checkOpen();
        appends.checkGoing();
        opening.beats().send(log, new Beat(epoch(), time, stream.end()));
    }

    @Override
    public void close() {
        opening.leave(this);
        end();
    }

    @Override
    public void end() {
        appends.close();
        stream.close(); // breaks off what is under way
        appends.awaitEnd(timeout);
    }
}
