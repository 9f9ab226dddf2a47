package dev.fairlead.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Of the classes that are marked with it, one runs at a time, in whichever of the processes that test. Their demos start ten processes and more
 * and are judged by the clock, so that two of them at once measure each other.
 */
final class OneAtATime implements BeforeAllCallback {
    private static final Path FILE = Path.of("target", "one-at-a-time.lock");

    /** Held until the class is done. */
    private record Turn(FileChannel channel, FileLock lock) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            lock.release();
            channel.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        FileChannel channel = FileChannel.open(FILE, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Turn turn = new Turn(channel, channel.lock());
        context.getStore(ExtensionContext.Namespace.create(OneAtATime.class)).put(FILE, turn);
    }
}
