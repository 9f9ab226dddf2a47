package dev.fairlead.testkit.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a history back. */
public final class HistoryFile {
    private HistoryFile() {}

    /** All events, in order; a torn last one, from a process that was killed, is left out. */
    public static List<HistoryEvent> read(Path path) {
        List<HistoryEvent> events = new ArrayList<>();
        try (FileChannel file = FileChannel.open(path)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(HistoryEvent.BYTES * 1024);
            while (file.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.remaining() >= HistoryEvent.BYTES) {
                    events.add(HistoryEvent.read(buffer));
                }
                buffer.compact();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return events;
    }
}
