package dev.fairlead.testkit;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All that this process logs through {@code java.util.logging}, on every level, between the opening and the close. Safe for many threads. */
public final class LoggedLines implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final Level before = root.getLevel();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Listening();

    private LoggedLines() {
        root.setLevel(Level.ALL);
        root.addHandler(handler);
    }

    /** Begins to listen. */
    public static LoggedLines open() {
        return new LoggedLines();
    }

    /** What was logged so far, with the traces of what was thrown. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        root.removeHandler(handler);
        root.setLevel(before);
    }

    private final class Listening extends Handler {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
            lines.add(formatter.format(line));
        }

        @Override
        public void flush() {
            // Nothing is held back.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
