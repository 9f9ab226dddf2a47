package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.Durability;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.server.Bells;
import dev.fairlead.spi.server.Pauses;
import dev.fairlead.spi.server.Polling;
import dev.fairlead.spi.server.Workers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One database with its tables, shared by all openings in this process that have the same settings. */
final class Server {
    private static final Map<Key, Place> PLACES = new HashMap<>();
    private static final Duration LONGEST_LETTER_PAUSE = Duration.ofMillis(50);
    private static final Random RANDOM = new SecureRandom();

    private final SqlSettings settings;
    private final TimeSource time;
    private final Database database;
    private final Tables tables;
    private final Workers workers;
    private final Bells bells = new Bells();
    private final Announcer announcer;
    private final LogTables logs;
    private final QueueTables queues;
    private final CallRows calls;
    private final Housekeeper housekeeper;
    private final ServerLevel level;
    private final Place place;

    private record Key(SqlSettings settings, TimeSource time) {}

    private Server(SqlSettings settings, TimeSource time, Place place) {
        this.place = place;
        this.settings = settings;
        this.time = time;
        this.database = new Database(settings);
        this.tables = new Tables(database.dialect(), settings.prefix());
        this.workers = new Workers(SqlMechanism.NAME, settings.connections());
        try {
            this.level = workers.call(() -> {
                database.awaitServer();
                ServerLevel found = ServerLevel.of(database, settings.url());
                new Schema(database, tables).require();
                return found;
            });
            this.announcer = Announcer.of(database.dialect(), settings, workers, database, bells);
            this.logs = new LogTables(this);
            this.queues = new QueueTables(database, tables);
            this.calls = new CallRows(database, tables);
            this.housekeeper = new Housekeeper(this);
        } catch (RuntimeException e) {
            workers.close();
            database.close();
            throw e;
        }
    }

    /** The server of the settings; to be given back with {@link #leave}. Waits for it without keeping openings of others away. */
    static Server join(SqlSettings settings, TimeSource time) {
        Key key = new Key(settings, time);
        Place place;
        synchronized (PLACES) {
            place = PLACES.computeIfAbsent(key, Place::new);
            place.users++;
        }
        try {
            return place.server();
        } catch (RuntimeException e) {
            place.isLeftByLast();
            throw e;
        }
    }

    /** Ends the server with the last of its openings. */
    void leave() {
        if (place.isLeftByLast()) {
            housekeeper.close();
            announcer.close();
            workers.close();
            database.close();
        }
    }

    /** Where the openings with the same settings find their server. */
    private static final class Place {
        private final Key key;
        private @Nullable Server server;
        private int users;

        Place(Key key) {
            this.key = key;
        }

        synchronized Server server() {
            Server known = server;
            if (known == null) {
                known = new Server(key.settings(), key.time(), this);
                server = known;
            }
            return known;
        }

        boolean isLeftByLast() {
            synchronized (PLACES) {
                users--;
                return users == 0 && PLACES.remove(key, this);
            }
        }
    }

    /** A number that no other opening has, in whatever process. */
    static long newHolder() {
        long number = 0;
        while (number == 0) {
            number = RANDOM.nextLong();
        }
        return number;
    }

    SqlSettings settings() {
        return settings;
    }

    TimeSource time() {
        return time;
    }

    Database database() {
        return database;
    }

    Tables tables() {
        return tables;
    }

    Workers workers() {
        return workers;
    }

    Bells bells() {
        return bells;
    }

    LogTables logs() {
        return logs;
    }

    QueueTables queues() {
        return queues;
    }

    CallRows calls() {
        return calls;
    }

    Housekeeper housekeeper() {
        return housekeeper;
    }

    Durability durability() {
        return level.durability();
    }

    ServerLevel level() {
        return level;
    }

    /** Tells all who wait for it, here and in other processes, that something came. */
    void changed(String bell) {
        bells.ring(bell);
        announcer.announce(bell);
    }

    /** How long who waits for a change goes without looking, at most. */
    Pauses pauses() {
        return announcer.pauses(settings.poll());
    }

    /** Looking for a change of what the bell is for. */
    Polling polling(String bell) {
        return new Polling(workers, bells.of(bell), pauses());
    }

    /** As {@link #pauses}, for one whose letter box others wait for. */
    Pauses pausesOfBox() {
        Duration poll = settings.poll();
        return announcer.pauses(poll.compareTo(LONGEST_LETTER_PAUSE) < 0 ? poll : LONGEST_LETTER_PAUSE);
    }
}
