package dev.fairlead.benchmarks;

import dev.fairlead.spi.LogEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The reference: a plain loop that writes each batch with one call to one file, and forces it if asked.
 *
 * <p>Each record is its length and its bytes; there is no checksum, no index, no key, no second reader, and no recovery. It is what
 * the machine gives, not what a log needs.
 */
final class FileAppender implements Appender {
    private static final int BUFFER = 1 << 20;

    /** Whether each batch is forced to the disk before the next. */
    enum Force {
        EACH_BATCH,
        NEVER
    }

    private final FileChannel channel;
    private final Force force;
    private final Records records;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

    FileAppender(Path folder, Force force, Records records) throws IOException {
        this.channel = FileChannel.open(
                folder.resolve("log"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.force = force;
        this.records = records;
    }

    @Override
    public void append(List<LogEntry> batch) throws IOException {
        buffer.clear();
        for (LogEntry entry : batch) {
            buffer.putInt(entry.size()).put(entry.key()).put(entry.header()).put(entry.payload());
        }
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        if (force == Force.EACH_BATCH) {
            channel.force(false);
        }
    }

    @Override
    public long replay(Records.Look look) throws IOException {
        return new FileTail(channel, records, look).readTo(channel.size());
    }

    @Override
    public void follow(long wanted) throws IOException {
        tail().follow(wanted);
    }

    FileTail tail() {
        return new FileTail(channel, records, Records.Look.BOTH_ENDS);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
