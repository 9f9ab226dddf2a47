package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.server.Bells;
import dev.fairlead.spi.server.Pauses;
import dev.fairlead.spi.server.Workers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hints by LISTEN and NOTIFY of PostgreSQL.
 *
 * <p>They are sent after the commit and in a transaction of their own, many of one bell as one: inside the commit they would make all
 * commits of the database wait for each other.
 */
final class Notifications implements Announcer {
    private static final Logger LOGGER = System.getLogger(Notifications.class.getName());
    private static final String NOTIFY = "SELECT pg_notify(?, bell) FROM unnest(?::text[]) AS bell";
    private static final int LISTEN_MILLIS = 500;
    /** Between one and the next while changes come all the time: each costs the server a transaction, and every listener a wake-up. */
    private static final long PAUSE_NANOS = 2_000_000;

    private static final int LOOKS_PER_PROBE = 20;

    private final SqlSettings settings;
    private final Workers workers;
    private final Database database;
    private final Bells bells;
    private final String channel;
    private final Thread listener;
    private final Set<String> waiting = new LinkedHashSet<>();
    private boolean sending;
    private volatile boolean listening;
    private volatile boolean closed;

    Notifications(SqlSettings settings, Workers workers, Database database, Bells bells) {
        this.settings = settings;
        this.workers = workers;
        this.database = database;
        this.bells = bells;
        this.channel = settings.prefix() + "bells";
        this.listener =
                Thread.ofPlatform().daemon().name("fairlead-sql-listener").start(this::listen);
    }

    @Override
    public Pauses pauses(Duration longest) {
        return listening ? new Pauses(settings.poll(), settings.poll()) : new Pauses(FIRST_LOOK, longest);
    }

    @Override
    public void announce(String bell) {
        synchronized (waiting) {
            waiting.add(bell);
            if (sending || closed) {
                return;
            }
            sending = true;
        }
        workers.execute(this::send);
    }

    private void send() {
        String[] names;
        synchronized (waiting) {
            names = waiting.toArray(String[]::new);
            waiting.clear();
        }
        try {
            database.statementAgain("announcing a change", connection -> {
                try (PreparedStatement notify = connection.prepareStatement(NOTIFY)) {
                    notify.setString(1, channel);
                    notify.setArray(2, connection.createArrayOf("text", names));
                    return notify.execute();
                }
            });
        } catch (RuntimeException lost) {
            LOGGER.log(Level.DEBUG, "a hint was lost", lost);
        }
        synchronized (waiting) {
            if (waiting.isEmpty() || closed) {
                sending = false;
                return;
            }
        }
        workers.execute(() -> {
            LockSupport.parkNanos(PAUSE_NANOS);
            send();
        });
    }

    private void listen() {
        while (!closed) {
            try (Connection connection = connect();
                    Statement listen = connection.createStatement()) {
                listen.execute("LISTEN \"" + channel + "\"");
                listening = true;
                bells.ringAll();
                PGConnection hints = connection.unwrap(PGConnection.class);
                for (int looks = 1; !closed; looks++) {
                    if (looks % LOOKS_PER_PROBE == 0) {
                        listen.execute("SELECT 1"); // a connection that is dead says nothing by itself
                    }
                    PGNotification[] heard = hints.getNotifications(LISTEN_MILLIS);
                    if (heard != null) {
                        for (PGNotification each : heard) {
                            bells.ring(each.getParameter());
                        }
                    }
                }
            } catch (SQLException e) {
                listening = false;
                LOGGER.log(Level.DEBUG, "no hints for now", e);
                LockSupport.parkNanos(LISTEN_MILLIS * 1_000_000L);
            }
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(Dialect.POSTGRESQL.properties(settings.timeout()));
        if (settings.credentials().user() != null) {
            properties.setProperty("user", settings.credentials().user());
        }
        if (settings.credentials().password() != null) {
            properties.setProperty("password", settings.credentials().password());
        }
        return DriverManager.getConnection(settings.url(), properties);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(listener);
    }
}
