package dev.fairlead.engine;

import dev.fairlead.api.Durability;
import dev.fairlead.api.Position;
import dev.fairlead.spi.Appended;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.Retention;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the calls of a log stand on the wire between {@link DistantLogs} and {@link LogServer}. */
final class LogWire {
    /** What is asked; the order is that of the bytes on the wire. */
    enum Operation {
        DEFINE,
        CLAIM,
        APPEND,
        RESUME,
        READ,
        POLL,
        SEEK,
        BOUNDS,
        PARTITIONS,
        COMMIT,
        COMMITTED,
        LATEST,
        BEAT
    }

    /** Writes an answer. */
    interface Answer {
        void to(DataOutputStream out) throws IOException;
    }

    static final Answer NOTHING = out -> {};

    private LogWire() {}

    static DataInputStream in(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    static DataOutputStream out(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        return new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    }

    static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    static void writeDuration(DataOutputStream out, Duration duration) throws IOException {
        out.writeLong(duration.toNanos());
    }

    static Duration readDuration(DataInputStream in) throws IOException {
        return Duration.ofNanos(in.readLong());
    }

    static void writePosition(DataOutputStream out, Position position) throws IOException {
        out.writeInt(position.partition());
        out.writeLong(position.offset());
    }

    static Position readPosition(DataInputStream in) throws IOException {
        return new Position(in.readInt(), in.readLong());
    }

    static void writeDefinition(DataOutputStream out, LogDefinition definition) throws IOException {
        out.writeUTF(definition.name());
        out.writeUTF(definition.durability().name());
        out.writeLong(
                switch (definition.retention()) {
                    case Retention.KeepAll all -> -1;
                    case Retention.LatestPerKey latest -> -2;
                    case Retention.KeepFor(Duration time) -> time.toNanos();
                });
    }

    static LogDefinition readDefinition(DataInputStream in) throws IOException {
        String name = in.readUTF();
        Durability durability = Durability.valueOf(in.readUTF());
        long kept = in.readLong();
        Retention retention = kept == -1
                ? new Retention.KeepAll()
                : kept == -2 ? new Retention.LatestPerKey() : new Retention.KeepFor(Duration.ofNanos(kept));
        return new LogDefinition(name, retention, durability);
    }

    static void writeEntries(DataOutputStream out, List<LogEntry> entries) throws IOException {
        out.writeInt(entries.size());
        for (LogEntry entry : entries) {
            writeBytes(out, entry.key());
            writeBytes(out, entry.header());
            writeBytes(out, entry.payload());
        }
    }

    static List<LogEntry> readEntries(DataInputStream in) throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            entries.add(new LogEntry(readBytes(in), readBytes(in), readBytes(in)));
        }
        return entries;
    }

    static Answer appended(Appended appended) {
        return out -> {
            writePosition(out, appended.first());
            out.writeUTF(appended.durability().name());
        };
    }

    static Appended readAppended(DataInputStream in) throws IOException {
        return new Appended(readPosition(in), Durability.valueOf(in.readUTF()));
    }

    static Answer bounds(LogBounds bounds) {
        return out -> {
            out.writeLong(bounds.start());
            out.writeLong(bounds.compactedBelow());
            out.writeLong(bounds.end());
        };
    }

    static LogBounds readBounds(DataInputStream in) throws IOException {
        return new LogBounds(in.readLong(), in.readLong(), in.readLong());
    }

    static Answer committed(Optional<Position> position) {
        return out -> {
            out.writeBoolean(position.isPresent());
            writePosition(out, position.orElse(new Position(0, 0)));
        };
    }

    static Optional<Position> readCommitted(DataInputStream in) throws IOException {
        boolean there = in.readBoolean();
        Position position = readPosition(in);
        return there ? Optional.of(position) : Optional.empty();
    }

    static Answer latest(Optional<LogRecord> record) {
        return out -> records(record.stream().toList()).to(out);
    }

    private static Answer records(List<LogRecord> records) {
        return out -> {
            out.writeInt(records.size());
            for (LogRecord each : records) {
                out.writeLong(each.offset());
                writeBytes(out, each.key());
                writeBytes(out, each.header());
                writeBytes(out, each.payload());
            }
        };
    }

    static List<LogRecord> readRecords(DataInputStream in) throws IOException {
        List<LogRecord> records = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            records.add(new LogRecord(in.readLong(), readBytes(in), readBytes(in), readBytes(in)));
        }
        return records;
    }

    static Answer batch(LogBatch batch, long next) {
        return out -> {
            records(batch.records()).to(out);
            bounds(batch.bounds()).to(out);
            Beat beat = batch.beat();
            out.writeBoolean(beat != null);
            if (beat != null) {
                out.writeLong(beat.epoch());
                out.writeLong(beat.time().getEpochSecond());
                out.writeInt(beat.time().getNano());
                out.writeLong(beat.end());
            }
            out.writeLong(next);
        };
    }

    static LogBatch readBatch(DataInputStream in) throws IOException {
        List<LogRecord> records = readRecords(in);
        LogBounds bounds = readBounds(in);
        Beat beat = in.readBoolean()
                ? new Beat(in.readLong(), Instant.ofEpochSecond(in.readLong(), in.readInt()), in.readLong())
                : null;
        return new LogBatch(records, bounds, beat);
    }
}
