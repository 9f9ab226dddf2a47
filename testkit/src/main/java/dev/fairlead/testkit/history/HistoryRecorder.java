package dev.fairlead.testkit.history;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes down what a test sees, in the order in which it is told. Safe for many threads.
 *
 * <p>Whoever records an outcome must do so after it is known, and an invocation before it is made: then the order of the file
 * is one that can be relied on. An interrupt of a thread that records changes nothing.
 */
public final class HistoryRecorder implements AutoCloseable {
    private final OutputStream file;
    private final ByteBuffer buffer = ByteBuffer.allocate(HistoryEvent.BYTES * 1024);
    private long next;

    private HistoryRecorder(OutputStream file) {
        this.file = file;
    }

    /** Begins a new history. */
    public static HistoryRecorder create(Path path) {
        try {
            return new HistoryRecorder(uninterrupted(path));
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

    /** Unlike a channel, which the interrupt of one writing thread closes for all. */
    private static OutputStream uninterrupted(Path path) throws IOException {
        Files.createFile(path);
        return new FileOutputStream(path.toFile());
    }

    private void flush() {
        try {
            file.write(buffer.array(), 0, buffer.position());
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
