package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.server.Bells;
import dev.fairlead.spi.server.Pauses;
import dev.fairlead.spi.server.Workers;
import java.time.Duration;

/** Tells other processes that something came, where the database can; others look for themselves. */
interface Announcer extends AutoCloseable {
    /** The first look of one that nobody wakes. */
    Duration FIRST_LOOK = Duration.ofMillis(5);

    /** A hint that may be lost; returns at once. */
    void announce(String bell);

    /**
     * New pauses for one who waits.
     *
     * @param longest the longest pause of one that nobody wakes
     */
    Pauses pauses(Duration longest);

    @Override
    void close();

    static Announcer of(Dialect dialect, SqlSettings settings, Workers workers, Database database, Bells bells) {
        return dialect == Dialect.POSTGRESQL ? new Notifications(settings, workers, database, bells) : new Silence();
    }

    /** No hints: who waits looks often at first, and seldom after a while. */
    record Silence() implements Announcer {
        @Override
        public void announce(String bell) {
            // Nobody outside this process can hear it.
        }

        @Override
        public Pauses pauses(Duration longest) {
            return new Pauses(FIRST_LOOK, longest);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
