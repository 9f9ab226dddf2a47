package dev.fairlead.engine.topic;

import dev.fairlead.api.Position;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.Call;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.OpenAnswerer;
import dev.fairlead.spi.Table;
import dev.fairlead.spi.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The writer of an owner's log, whose records go on to a topic, and whose readers are answered, as long as it is open. */
final class RelayedWriter implements LogWriter {
    /** A group of no readers: its position is a number that only this log has. */
    private static final String LINEAGE = "fairlead lineage";
    /** Another: its position is the epoch of the newest claim, noted before that claim writes anything. */
    private static final String CLAIM = "fairlead claim";

    private static final int ROOM = 16;

    private final String name;
    private final Log log;
    private final LogWriter writer;
    private final OpenAnswerer answerer;
    private final Relay relay;
    private volatile @Nullable Beat beat;

    private RelayedWriter(String name, Log log, Table table, Topic topic, Call call, LogWriter writer) {
        this.name = name;
        this.log = log;
        this.writer = writer;
        FeedPage.Writer claim = new FeedPage.Writer(
                lineage(log, name), writer.epoch(), log.bounds(name, 0).end());
        log.commit(name, CLAIM, new Position(0, writer.epoch()));
        this.answerer =
                call.answer(name, ROOM, new OwnerAnswers(name, log, table, claim, () -> beat, this::isOvertaken));
        this.relay = Relay.start(name, log, topic, claim, this::isOvertaken);
    }

    /** Whether what was read before may be of a later claim. */
    private boolean isOvertaken() {
        return log.committed(name, CLAIM, 0).orElseThrow().offset() > writer.epoch();
    }

    /** @param writer of a claim that is new; closed when readers cannot be served */
    static RelayedWriter of(String name, Log log, Table table, Topic topic, Call call, LogWriter writer) {
        try {
            return new RelayedWriter(name, log, table, topic, call, writer);
        } catch (RuntimeException | Error e) {
            writer.close();
            throw e;
        }
    }

    private static long lineage(Log log, String name) {
        Optional<Position> known = log.committed(name, LINEAGE, 0);
        if (known.isPresent()) {
            return known.get().offset();
        }
        long number = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        log.commit(name, LINEAGE, new Position(0, number));
        return number;
    }

    @Override
    public long epoch() {
        return writer.epoch();
    }

    @Override
    public CompletableFuture<Appended> append(int partition, List<LogEntry> entries) {
        return writer.append(partition, entries);
    }

    @Override
    public void resume() {
        writer.resume();
    }

    @Override
    public long erase(int partition, byte[] key, long below) {
        throw OwnerSide.lacks("erase a key of " + name);
    }

    @Override
    public void beat(Instant time) {
        beat = new Beat(writer.epoch(), time, log.bounds(name, 0).end());
        writer.beat(time);
    }

    @Override
    public void close() {
        answerer.close();
        writer.close();
        relay.close();
    }
}
