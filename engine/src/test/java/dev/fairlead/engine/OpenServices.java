package dev.fairlead.engine;

import dev.fairlead.api.Fairlead;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The services that a test has open; after it they are closed, the last one first. */
final class OpenServices implements AfterEachCallback, AutoCloseable {
    private final Deque<Fairlead> open = new ArrayDeque<>();

    Fairlead open(String service, Path plan) {
        return open(service, plan, TimeSource.SYSTEM);
    }

    Fairlead open(String service, Path plan, TimeSource time) {
        Fairlead fairlead = Opening.of(service, plan).time(time).open();
        open.push(fairlead);
        return fairlead;
    }

    /** Closes the one that was opened last. */
    void closeLast() {
        open.pop().close();
    }

    /** The one that was opened first. */
    Fairlead first() {
        return open.getLast();
    }

    /** Closes all; others can be opened afterwards. */
    @Override
    public void close() {
        open.forEach(Fairlead::close);
        open.clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }
}
