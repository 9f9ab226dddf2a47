package dev.fairlead.engine;

import dev.fairlead.api.OutboxSettings;
import dev.fairlead.api.StateItem;
import dev.fairlead.api.StateOutbox;
import dev.fairlead.engine.OutboxChild.Seam;
import dev.fairlead.testkit.process.ParentJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A process that changes profiles through an outbox until it is killed, and speaks as {@link OutboxChild} does. */
final class StateOutboxChild {
    record Profile(String customerId, String name, String email, int visits) {}

    static final StateItem<String, Profile> PROFILES = StateItem.of("profile.profile", String.class, Profile.class);

    private StateOutboxChild() {}

    @SuppressWarnings("resource") // it ends by being killed
    public static void main(String[] args) throws IOException {
        DataSource database = Databases.postgres(args[1]);
        Unreliable watched = OutboxChild.staying(database, Seam.valueOf(args[2]), new AtomicInteger());
        StateOutbox<String, Profile> outbox = Opening.of("profile", Path.of(args[0]))
                .open()
                .own(PROFILES)
                .outbox(
                        watched.source(),
                        OutboxSettings.defaults()
                                .withPoll(Duration.ofMillis(20))
                                .withLease(Duration.ofMillis(500)));
        for (int writer = 0; writer < OutboxChild.WRITERS; writer++) {
            String key = "c" + writer;
            Thread.ofPlatform().daemon().start(() -> change(database, outbox, key));
        }
        if (System.in.read() < 0) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static void change(DataSource database, StateOutbox<String, Profile> outbox, String key) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (true) {
                int number = 1;
                try (ResultSet last =
                        statement.executeQuery("SELECT visits FROM visit WHERE customer = '" + key + "'")) {
                    number += last.next() ? last.getInt(1) : 0;
                }
                statement.execute("INSERT INTO visit VALUES ('" + key + "', " + number
                        + ") ON CONFLICT (customer) DO UPDATE SET visits = EXCLUDED.visits");
                outbox.put(connection, new Profile(key, "n" + number, "e", number));
                connection.commit();
                ParentJvm.say(OutboxChild.COMMITTED + " " + key + " " + number);
            }
        } catch (SQLException e) {
            Runtime.getRuntime().halt(2);
        }
    }
}
