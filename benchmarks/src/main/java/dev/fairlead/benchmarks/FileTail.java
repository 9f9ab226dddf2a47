package dev.fairlead.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads the reference's file from the start, copying each record out as a reader would get it. */
final class FileTail {
    private static final int BUFFER = 1 << 20;

    private final FileChannel channel;
    private final Records expected;
    private final Records.Look look;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).flip();
    private long position;
    private long records;

    FileTail(FileChannel channel, Records expected, Records.Look look) {
        this.channel = channel;
        this.expected = expected;
        this.look = look;
    }

    /** Reads up to the position and returns how many records there have been so far. */
    long readTo(long end) throws IOException {
        while (position < end) {
            buffer.compact();
            int read = channel.read(buffer, position);
            buffer.flip();
            position += Math.max(0, read);
            takeRecords();
        }
        return records;
    }

    /** Reads until so many records have been seen, looking for more without a pause. */
    void follow(long wanted) throws IOException {
        while (records < wanted) {
            readTo(channel.size());
            Thread.onSpinWait();
        }
    }

    long records() {
        return records;
    }

    private void takeRecords() {
        while (buffer.remaining() >= Integer.BYTES) {
            int size = buffer.getInt(buffer.position());
            if (buffer.remaining() < Integer.BYTES + size) {
                return;
            }
            buffer.getInt();
            byte[] record = new byte[size];
            buffer.get(record);
            expected.verify(records, record, look);
            records++;
        }
    }
}
