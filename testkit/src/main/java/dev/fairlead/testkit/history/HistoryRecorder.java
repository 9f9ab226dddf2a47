package dev.fairlead.testkit.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes down what a test sees, in the order in which it is told. Safe for many threads.
 *
 * <p>Whoever records an outcome must do so after it is known, and an invocation before it is made: then the order of the file
 * is one that can be relied on.
 */
public final class HistoryRecorder implements AutoCloseable {
    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(HistoryEvent.BYTES * 1024);
    private long next;

    private HistoryRecorder(FileChannel file) {
        this.file = file;
    }

    /** Begins a new history. */
    public static HistoryRecorder create(Path path) {
        try {
            return new HistoryRecorder(FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes something about a record of a log. */
    public void note(
            int process,
            HistoryEvent.Type type,
            HistoryEvent.Function function,
            int item,
            long key,
            long sequence,
            long position,
            long epoch,
            int checksum) {
        note(process, 0, type, function, item, key, sequence, position, epoch, checksum);
    }

    /** Notes something about a record of a log that concerns a group, or a send that is part of a transaction. */
    public synchronized void note(
            int process,
            int group,
            HistoryEvent.Type type,
            HistoryEvent.Function function,
            int item,
            long key,
            long sequence,
            long position,
            long epoch,
            int checksum) {
        if (!buffer.hasRemaining()) {
            flush();
        }
        new HistoryEvent(
                        next++,
                        System.nanoTime(),
                        process,
                        group,
                        type,
                        function,
                        item,
                        key,
                        sequence,
                        position,
                        epoch,
                        checksum)
                .write(buffer);
    }

    private void flush() {
        try {
            buffer.flip();
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
            buffer.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try (file) {
            flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
