package dev.fairlead.engine;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.Log;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.TimeSource;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When the holders of an item's keys did their part of its erasures, and who could not, in a log of their own. A position says whether
 * a holder is done; this says when, and that one who went past an erasure has failed at it.
 */
final class ErasureJournal {
    private static final byte[] NOTHING = {};
    private static final int FIXED = 1 + Long.BYTES + Long.BYTES;

    private final SharedLog log;
    private final String service;
    private final TimeSource time;

    private ErasureJournal(SharedLog log, String service, TimeSource time) {
        this.log = log;
        this.service = service;
        this.time = time;
    }

    /** @param service which writes here */
    static ErasureJournal of(String item, Log log, Durability durability, String service, TimeSource time) {
        return new ErasureJournal(new SharedLog(item + ".erasures", log, durability), service, time);
    }

    private enum What {
        /** All erasures below the offset are done. */
        DONE_BELOW,
        /** The erasure at the offset is done. */
        DONE,
        /** The erasure at the offset failed. */
        FAILED
    }

    /** Something that a holder has said. */
    private record Entry(String holder, What what, long offset, Instant time, String failure) {}

    /**
     * What a holder has said last of one erasure.
     *
     * @param done when it was done; empty when nobody knows
     * @param failure why it failed; empty when it did not, or has succeeded since
     */
    record Said(Optional<Instant> done, String failure) {}

    void doneBelow(String holder, long offset) {
        write(holder, What.DONE_BELOW, offset, "");
    }

    void done(String holder, long offset) {
        write(holder, What.DONE, offset, "");
    }

    void failed(String holder, long offset, String failure) {
        write(holder, What.FAILED, offset, failure);
    }

    /** Durable when it returns. An item with so long a name that its journal has none is reported without times. */
    private void write(String holder, What what, long offset, String failure) {
        if (!log.canBe()) {
            return;
        }
        byte[] why = failure.getBytes(StandardCharsets.UTF_8);
        byte[] payload = ByteBuffer.allocate(FIXED + why.length)
                .put((byte) what.ordinal())
                .putLong(offset)
                .putLong(time.now().toEpochMilli())
                .put(why)
                .array();
        log.add(service, new LogEntry(holder.getBytes(StandardCharsets.UTF_8), NOTHING, payload));
    }

    /** All that was said until now. */
    Pages read() {
        List<Entry> entries = new ArrayList<>();
        log.read().forEach(record -> {
            ByteBuffer payload = ByteBuffer.wrap(record.payload());
            What what = What.values()[payload.get()];
            long offset = payload.getLong();
            Instant at = Instant.ofEpochMilli(payload.getLong());
            String failure = StandardCharsets.UTF_8.decode(payload).toString();
            entries.add(new Entry(new String(record.key(), StandardCharsets.UTF_8), what, offset, at, failure));
        });
        return new Pages(entries);
    }

    /** The journal as it was read. */
    static final class Pages {
        private final List<Entry> entries;

        private Pages(List<Entry> entries) {
            this.entries = entries;
        }

        Said of(String holder, long erasure) {
            Said said = new Said(Optional.empty(), "");
            for (Entry entry : entries) {
                if (entry.holder().equals(holder)) {
                    said = after(said, entry, erasure);
                }
            }
            return said;
        }

        private static Said after(Said before, Entry entry, long erasure) {
            boolean concerns = entry.what() == What.DONE_BELOW ? entry.offset() > erasure : entry.offset() == erasure;
            if (!concerns) {
                return before;
            }
            if (entry.what() == What.FAILED) {
                return new Said(Optional.empty(), entry.failure());
            }
            return before.done().isPresent() ? before : new Said(Optional.of(entry.time()), "");
        }
    }
}
