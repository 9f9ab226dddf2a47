package dev.fairlead.spi.wire;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said of a log between a process that uses it and one that has it. */
public final class LogMessages {
    /** The most appends that go together, and the most records of one. */
    public static final int MOST = 1_000_000;

    /** The most records that one answer brings. */
    public static final int MOST_RECORDS = 100_000;

    private static final int WORD = 20;
    private static final int KEEP_ALL = 0;
    private static final int KEEP_FOR = 1;
    private static final int LATEST_PER_KEY = 2;

    private LogMessages() {}

    /**
     * Appends of one claim, in their order.
     *
     * @param turn counts the resumptions of the claim; what belongs to an earlier turn is not written any more
     * @param first the offset that the first record gets, since nobody else writes: so what was sent again is written once
     */
    public record Append(long epoch, long turn, long first, List<List<LogEntry>> appends) {
        public Append {
            appends = List.copyOf(appends);
        }
    }

    /**
     * What became of appends.
     *
     * @param appends how many of the first stand; those behind them were not written
     * @param reached the level that the last of those reached which were written now; nothing when all stood before
     */
    public record Stands(int appends, Optional<Durability> reached) {}

    /** The records of a poll, and where the next one begins. */
    public record Polled(LogBatch batch, long next) {}

    /** What a log is to be, but for its name. */
    public static byte[] definition(LogDefinition definition) {
        WireOutput out = new WireOutput();
        switch (definition.retention()) {
            case Retention.KeepAll all -> out.count(KEEP_ALL).number(0).count(0);
            case Retention.KeepFor limited ->
                out.count(KEEP_FOR)
                        .number(limited.time().getSeconds())
                        .count(limited.time().getNano());
            case Retention.LatestPerKey latest ->
                out.count(LATEST_PER_KEY).number(0).count(0);
        }
        return out.text(definition.durability().name()).toBytes();
    }

    /** The definition of a log of this name. */
    public static LogDefinition definition(String name, byte[] message) {
        WireInput in = new WireInput(message);
        int kind = in.count(LATEST_PER_KEY);
        Duration time = Duration.ofSeconds(in.number(), in.count(999_999_999));
        Durability durability = durability(in);
        in.end();
        Retention retention = switch (kind) {
            case KEEP_ALL -> new Retention.KeepAll();
            case KEEP_FOR -> new Retention.KeepFor(time);
            default -> new Retention.LatestPerKey();
        };
        return new LogDefinition(name, retention, durability);
    }

    /** A level by its name. */
    public static Durability durability(WireInput in) {
        String name = in.text(WORD);
        try {
            return Durability.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new FairleadException(ErrorCode.BAD_VALUE, "no level of durability has the name that was sent", e);
        }
    }

    /** The appends as they are sent; the attributes for programs without Fairlead stay here, since the packed header has all that readers use. */
    public static byte[] append(Append append) {
        WireOutput out = new WireOutput()
                .number(append.epoch())
                .number(append.turn())
                .number(append.first())
                .count(append.appends().size());
        for (List<LogEntry> entries : append.appends()) {
            out.count(entries.size());
            entries.forEach(
                    entry -> out.bytes(entry.key()).bytes(entry.header()).bytes(entry.payload()));
        }
        return out.toBytes();
    }

    /** The appends as they were sent. */
    public static Append append(byte[] message) {
        WireInput in = new WireInput(message);
        long epoch = in.number();
        long turn = in.number();
        long first = in.number();
        int number = in.count(MOST);
        List<List<LogEntry>> appends = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            int size = in.count(MOST);
            List<LogEntry> entries = new ArrayList<>();
            for (int j = 0; j < size; j++) {
                entries.add(new LogEntry(
                        in.bytes(LogEntry.MAX_KEY), in.bytes(LogEntry.MAX_HEADER), in.bytes(LogEntry.MAX_PAYLOAD)));
            }
            appends.add(entries);
        }
        in.end();
        return new Append(epoch, turn, first, appends);
    }

    /** What became of appends. */
    public static byte[] stands(Stands stands) {
        WireOutput out =
                new WireOutput().count(stands.appends()).count(stands.reached().isPresent() ? 1 : 0);
        stands.reached().ifPresent(level -> out.text(level.name()));
        return out.toBytes();
    }

    /** What became of so many appends; at least one of them stands. */
    public static Stands stands(byte[] message, int sent) {
        WireInput in = new WireInput(message);
        int appends = in.count(sent);
        Optional<Durability> reached = in.count(1) == 0 ? Optional.empty() : Optional.of(durability(in));
        in.end();
        if (appends == 0) {
            throw new FairleadException(ErrorCode.BAD_VALUE, "of appends that did not fail none stands");
        }
        return new Stands(appends, reached);
    }

    /** Adds one record. */
    public static void record(WireOutput out, LogRecord record) {
        out.number(record.offset())
                .number(record.emptyFrom())
                .bytes(record.key())
                .bytes(record.header())
                .bytes(record.payload());
    }

    /** Takes one record. */
    public static LogRecord record(WireInput in) {
        return new LogRecord(
                in.number(),
                in.number(),
                in.bytes(LogEntry.MAX_KEY),
                in.bytes(LogEntry.MAX_HEADER),
                in.bytes(LogEntry.MAX_PAYLOAD));
    }

    /** One record, or none. */
    public static byte[] found(Optional<LogRecord> found) {
        WireOutput out = new WireOutput();
        found.ifPresent(record -> record(out, record));
        return out.toBytes();
    }

    /** One record, or none. */
    public static Optional<LogRecord> found(byte[] message) {
        if (message.length == 0) {
            return Optional.empty();
        }
        WireInput in = new WireInput(message);
        LogRecord record = record(in);
        in.end();
        return Optional.of(record);
    }

    /** Adds the bounds. */
    public static void bounds(WireOutput out, LogBounds bounds) {
        out.number(bounds.start()).number(bounds.compactedBelow()).number(bounds.end());
    }

    /** Takes the bounds. */
    public static LogBounds bounds(WireInput in) {
        return new LogBounds(in.number(), in.number(), in.number());
    }

    /** What a poll brought. */
    public static byte[] polled(Polled polled) {
        WireOutput out = new WireOutput().number(polled.next());
        LogBatch batch = polled.batch();
        bounds(out, batch.bounds());
        Beat beat = batch.beat();
        out.count(beat == null ? 0 : 1);
        if (beat != null) {
            out.number(beat.epoch()).moment(beat.time()).number(beat.end());
        }
        LogBatch.Hole hole = batch.hole();
        out.count(hole == null ? 0 : 1);
        if (hole != null) {
            out.number(hole.from()).number(hole.to());
        }
        out.count(batch.records().size());
        batch.records().forEach(record -> record(out, record));
        return out.toBytes();
    }

    /** What a poll brought. */
    public static Polled polled(byte[] message) {
        WireInput in = new WireInput(message);
        long next = in.number();
        LogBounds bounds = bounds(in);
        Beat beat = in.count(1) == 0 ? null : new Beat(in.number(), in.moment(), in.number());
        LogBatch.@Nullable Hole hole = in.count(1) == 0 ? null : new LogBatch.Hole(in.number(), in.number());
        int size = in.count(MOST_RECORDS);
        List<LogRecord> records = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            records.add(record(in));
        }
        in.end();
        return new Polled(new LogBatch(records, bounds, beat, hole), next);
    }
}
