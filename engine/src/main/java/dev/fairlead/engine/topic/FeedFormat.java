package dev.fairlead.engine.topic;

import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogBatch;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes of a page: numbers of fixed length, most significant byte first, and byte strings with their length before them. */
final class FeedFormat {
    private static final int FORMAT = 1;
    private static final int MOST_RECORDS = 1 << 20;

    private FeedFormat() {}

    static byte[] pack(FeedPage page) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(page.writer().lineage());
            out.writeLong(page.writer().epoch());
            out.writeLong(page.writer().claimedAt());
            out.writeLong(page.from());
            out.writeLong(page.to());
            out.writeBoolean(page.whole());
            out.writeInt(page.payload());
            LogBatch batch = page.batch();
            out.writeLong(batch.bounds().start());
            out.writeLong(batch.bounds().compactedBelow());
            out.writeLong(batch.bounds().end());
            writeBeat(out, batch.beat());
            writeHole(out, batch.hole());
            out.writeInt(batch.records().size());
            for (LogRecord record : batch.records()) {
                writeRecord(out, record);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Memory does not fail.
        }
        return bytes.toByteArray();
    }

    private static void writeBeat(DataOutputStream out, @Nullable Beat beat) throws IOException {
        out.writeBoolean(beat != null);
        if (beat != null) {
            out.writeLong(beat.epoch());
            out.writeLong(beat.time().getEpochSecond());
            out.writeInt(beat.time().getNano());
            out.writeLong(beat.end());
        }
    }

    private static void writeHole(DataOutputStream out, LogBatch.@Nullable Hole hole) throws IOException {
        out.writeBoolean(hole != null);
        if (hole != null) {
            out.writeLong(hole.from());
            out.writeLong(hole.to());
        }
    }

    private static void writeRecord(DataOutputStream out, LogRecord record) throws IOException {
        out.writeLong(record.offset());
        out.writeLong(record.emptyFrom());
        writeBytes(out, record.key());
        writeBytes(out, record.header());
        writeBytes(out, record.payload());
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** Empty for bytes that are no page: another program may publish there too. */
    static Optional<FeedPage> unpack(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return in.readByte() == FORMAT ? Optional.of(read(in)) : Optional.empty();
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static FeedPage read(DataInputStream in) throws IOException {
        FeedPage.Writer writer = new FeedPage.Writer(in.readLong(), in.readLong(), in.readLong());
        long from = in.readLong();
        long to = in.readLong();
        boolean whole = in.readBoolean();
        int payload = in.readInt();
        LogBounds bounds = new LogBounds(in.readLong(), in.readLong(), in.readLong());
        Beat beat = in.readBoolean() ? readBeat(in) : null;
        LogBatch.Hole hole = in.readBoolean() ? new LogBatch.Hole(in.readLong(), in.readLong()) : null;
        int count = in.readInt();
        if (from < 0 || to < from || count < 0 || count > MOST_RECORDS || payload > LogEntry.MAX_PAYLOAD) {
            throw new IOException("no page");
        }
        List<LogRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(readRecord(in));
        }
        return new FeedPage(writer, from, to, whole, payload, new LogBatch(List.copyOf(records), bounds, beat, hole));
    }

    private static Beat readBeat(DataInputStream in) throws IOException {
        long epoch = in.readLong();
        Instant time = Instant.ofEpochSecond(in.readLong(), in.readInt());
        return new Beat(epoch, time, in.readLong());
    }

    private static LogRecord readRecord(DataInputStream in) throws IOException {
        long offset = in.readLong();
        long emptyFrom = in.readLong();
        byte[] key = readBytes(in, LogEntry.MAX_KEY);
        byte[] header = readBytes(in, LogEntry.MAX_HEADER);
        byte[] payload = readBytes(in, LogEntry.MAX_PAYLOAD);
        return new LogRecord(offset, emptyFrom, key, header, payload);
    }

    private static byte[] readBytes(DataInputStream in, int longest) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > longest) {
            throw new IOException("no page");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
