package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Sent;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The plans that PostgreSQL keeps for statements that it was sent often. */
class PostgresPlansTest {
    private static final String QUEUE = "shop.parcel";
    private static final int MANY = 3_000;
    private static final int FEW = 100;

    private final Map<String, String> settings = new HashMap<>(RealServer.POSTGRESQL.shared());

    PostgresPlansTest() {
        settings.putAll(KillableDatabase.newTables());
    }

    private MechanismOpening opening() {
        return new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM);
    }

    @AfterEach
    void end() {
        new SqlProvider().remove(opening());
    }

    @Test
    void whatWasPlannedWhileAQueueWasEmptyDoesNotReadItWholeWhenItIsFull() throws SQLException {
        try (SqlMechanism mechanism = SqlMechanism.open(opening())) {
            mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
            try (QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(5))) {
                oneByOne(mechanism, receiver);
                execute("VACUUM ANALYZE " + messages());
                oneByOne(mechanism, receiver);
                send(mechanism, MANY);
                take(receiver, MANY);
            }
        }
        long all = MANY + 2L * FEW;
        await().atMost(Duration.ofMinutes(1)).until(() -> statistic("n_tup_del") == all);
        assertThat(statistic("n_tup_ins")).isEqualTo(all);
        assertThat(statistic("seq_tup_read"))
                .as("rows that were read without an index")
                .isLessThan(MANY);
    }

    private static void oneByOne(SqlMechanism mechanism, QueueReceiver receiver) {
        for (int i = 0; i < FEW; i++) {
            send(mechanism, 1);
            take(receiver, 1);
        }
    }

    private static void send(SqlMechanism mechanism, int count) {
        List<CompletableFuture<Sent>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(mechanism.send(QUEUE, new Question(new byte[0], ("parcel " + i).getBytes(UTF_8))));
        }
        sent.forEach(CompletableFuture::join);
    }

    private static void take(QueueReceiver receiver, int count) {
        for (int left = count; left > 0; ) {
            List<Delivered> taken = receiver.poll(FEW, Duration.ofSeconds(10));
            taken.stream().map(Delivered::acknowledge).toList().forEach(CompletableFuture::join);
            left -= taken.size();
        }
    }

    private String messages() {
        return "\"" + settings.get("prefix") + "messages\"";
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(settings.get("url"), settings.get("user"), settings.get("password"));
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = connect();
                Statement foreign = connection.createStatement()) {
            foreign.execute(statement);
        }
    }

    /** Told by each connection when it ends, at the latest. */
    private long statistic(String column) throws SQLException {
        try (Connection connection = connect();
                Statement foreign = connection.createStatement();
                ResultSet row = foreign.executeQuery("SELECT " + column + " FROM pg_stat_user_tables WHERE relname = '"
                        + settings.get("prefix") + "messages'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
