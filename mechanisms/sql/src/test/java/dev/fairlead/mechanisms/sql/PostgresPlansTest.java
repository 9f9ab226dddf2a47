package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Sent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The plans that PostgreSQL keeps for statements that it was sent often. */
class PostgresPlansTest {
    private static final String QUEUE = "shop.parcel";
    private static final int MANY = 3_000;
    private static final int FEW = 100;

    private final WatchedDatabase database = new WatchedDatabase(RealServer.POSTGRESQL);

    @AfterEach
    void end() {
        database.close();
    }

    @Test
    void whatWasPlannedWhileAQueueWasEmptyDoesNotReadItWholeWhenItIsFull() throws SQLException {
        try (SqlMechanism mechanism = database.open()) {
            mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
            try (QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(5))) {
                oneByOne(mechanism, receiver);
                database.execute("VACUUM ANALYZE \"" + database.table("messages") + "\"");
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

    /** Told by each connection when it ends, at the latest. */
    private long statistic(String column) throws SQLException {
        return database.number(
                "SELECT " + column + " FROM pg_stat_user_tables WHERE relname = '" + database.table("messages") + "'");
    }
}
