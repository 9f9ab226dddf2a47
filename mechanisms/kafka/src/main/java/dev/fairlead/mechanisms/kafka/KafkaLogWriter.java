package dev.fairlead.mechanisms.kafka;

import dev.fairlead.api.ErrorCode;
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

/** Writes a log: a queue of appends in front of one transaction after another. */
final class KafkaLogWriter implements LogWriter, Members.Member {
    private static final Duration ORDERLY = Duration.ofSeconds(1);

    private final Opening opening;
    private final Topic topic;
    private final Transactions transactions;
    private final Appends appends;

    private KafkaLogWriter(Opening opening, Topic topic, Transactions transactions) {
        this.opening = opening;
        this.topic = topic;
        this.transactions = transactions;
        this.appends = new Appends(KafkaMechanism.NAME, topic.log(), transactions);
    }

    static KafkaLogWriter start(Opening opening, Topic topic, Transactions transactions) {
        KafkaLogWriter writer = new KafkaLogWriter(opening, topic, transactions);
        opening.join(writer);
        writer.appends.start();
        return writer;
    }

    @Override
    public long epoch() {
        return transactions.epoch();
    }

    @Override
    public CompletableFuture<Appended> append(int partition, List<LogEntry> entries) {
        try {
            opening.checkOpen();
            LogLimits.checkPartition(topic.log(), partition);
            List<LogEntry> kept = List.copyOf(entries);
            long bytes = LogLimits.checkEntries(topic.log(), kept, 0);
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
        throw new FairleadException(
                ErrorCode.CAPABILITY,
                "log " + topic.log() + ": a topic of Kafka cannot lose the content of single records at a known moment"
                        + " (keep what must be erased on a mechanism that declares ERASE)");
    }

    @Override
    public void beat(Instant time) {
        appends.checkGoing();
        opening.beats().send(topic.log(), new Beat(epoch(), time, transactions.end()));
    }

    @Override
    public void close() {
        opening.leave(this);
        end();
    }

    @Override
    public void end() {
        appends.close();
        appends.awaitEnd(ORDERLY); // a transaction under way gets a moment to end in order
        transactions.close();
        appends.awaitEnd(ORDERLY.multipliedBy(10));
    }
}
