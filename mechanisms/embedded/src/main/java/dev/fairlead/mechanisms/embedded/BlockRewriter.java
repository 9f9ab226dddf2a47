package dev.fairlead.mechanisms.embedded;

import dev.fairlead.spi.LogRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Packs what is left of a run of blocks into new ones, which together account for the same offsets. */
final class BlockRewriter {
    private final List<Block> blocks = new ArrayList<>();
    private RecordEncoder records = new RecordEncoder(RecordChunk.FULL);
    private long from;
    private long next;
    private int count;
    private long time;

    BlockRewriter(long from) {
        this.from = from;
        this.next = from;
    }

    /** The commit time of what follows; a block carries the newest of its records. */
    void time(long millis) {
        time = Math.max(time, millis);
    }

    void keep(LogRecord record) {
        int size = RecordEncoder.OVERHEAD + record.key().length + record.header().length + record.payload().length;
        if (count > 0 && records.length() + size > RecordChunk.FULL) {
            close(next);
        }
        records.add(record.offset() - next, record.key(), record.header(), record.payload());
        next = record.offset() + 1;
        count++;
    }

    List<Block> finish(long until) {
        if (count > 0 || until > from) {
            close(until);
        }
        return blocks;
    }

    private void close(long until) {
        ByteBuffer bytes = ByteBuffer.allocate(Block.HEADER + records.length());
        Block.putHeader(bytes, time, until - from, count);
        bytes.put(records.bytes(), 0, records.length());
        blocks.add(new Block(from, until, count, time, bytes.array()));
        records = new RecordEncoder(RecordChunk.FULL);
        from = until;
        next = until;
        count = 0;
    }
}
