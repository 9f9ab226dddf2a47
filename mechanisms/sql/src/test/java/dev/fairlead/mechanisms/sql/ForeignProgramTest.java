package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.Delivered;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.QueueReceiver;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import dev.fairlead.spi.cloudevents.CloudEvent;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A program that knows JDBC alone, with the statements of docs/mechanisms/sql.md. */
@ParameterizedClass
@EnumSource(names = {"POSTGRESQL", "MARIADB"})
class ForeignProgramTest {
    private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
    private static final String LOG = "shop.sale";
    private static final String QUEUE = "shop.pay";
    private static final byte[] KEY = "sale-1".getBytes(UTF_8);
    private static final byte[] DATA = "{\"sku\":\"a\"}".getBytes(UTF_8);

    private final RealServer kind;
    private final Map<String, String> settings;
    private final SqlMechanism mechanism;

    ForeignProgramTest(RealServer kind) {
        this.kind = kind;
        SqlUnderTest own = new SqlUnderTest(Durability.D2, kind.shared());
        this.settings = own.settings();
        this.mechanism = (SqlMechanism) own.open(TimeSource.SYSTEM);
    }

    @AfterEach
    void end() {
        mechanism.close();
        new SqlProvider().remove(new MechanismOpening(settings, Path.of("."), TimeSource.SYSTEM));
    }

    /** The statements of the page's block with this number, on the tables of this test. */
    private List<String> statements(int number) throws Exception {
        Matcher matcher = BLOCK.matcher(Files.readString(Path.of("../../docs/mechanisms/sql.md")));
        for (int i = 0; i <= number; i++) {
            assertThat(matcher.find()).as("block " + i).isTrue();
        }
        String block = matcher.group(1).replace("fairlead_", settings.getOrDefault("prefix", ""));
        if (kind == RealServer.MARIADB) {
            block = block.replaceAll("nextval\\('(.*?)'\\)", "NEXTVAL($1)");
        }
        return List.of(block.split(";\\s*\n"));
    }

    private Connection connect() throws SQLException {
        Connection connection =
                DriverManager.getConnection(settings.getOrDefault("url", ""), settings.getOrDefault("user", ""), "");
        connection.setAutoCommit(false);
        return connection;
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private static void update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    private static CloudEvent event(String type, byte[] key) {
        return new CloudEvent(
                LOG,
                type,
                CloudEvent.id(key, 1),
                1,
                1,
                Instant.parse("2026-01-02T03:04:05Z"),
                null,
                "application/json");
    }

    private LogWriter defined() {
        mechanism.define(new LogDefinition(LOG, new Retention.KeepAll(), Durability.D2));
        return mechanism.claim(LOG, "test");
    }

    @Test
    void readsARecord() throws Exception {
        LogWriter writer = defined();
        writer.append(0, List.of(new LogEntry(KEY, new byte[] {1, 2}, DATA, event("ItemAdded", KEY))))
                .join();
        writer.append(0, List.of(new LogEntry(KEY, new byte[] {1, 2}, DATA))).join();
        try (Connection connection = connect();
                PreparedStatement select = prepare(connection, statements(0).getFirst(), LOG, 0L);
                ResultSet row = select.executeQuery()) {
            assertThat(row.next()).isTrue();
            assertThat(row.getLong("place")).isZero();
            assertThat(row.getBytes("record_key")).isEqualTo(KEY);
            assertThat(row.getBytes("payload")).isEqualTo(DATA);
            assertThat(row.getString("ce_type")).isEqualTo("shop.sale.ItemAdded");
            assertThat(row.getString("ce_id")).isEqualTo("sale-1/1");
            assertThat(row.next()).isTrue();
            assertThat(row.getString("ce_type")).isNull();
            assertThat(row.next()).isFalse();
        }
        try (LogReader reader = mechanism.read(LOG, 0, 0)) {
            assertThat(read(reader, 2).getFirst().header()).isEqualTo(new byte[] {1, 2});
        }
    }

    private static List<LogRecord> read(LogReader reader, int number) {
        List<LogRecord> found = new ArrayList<>();
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (found.size() < number && System.nanoTime() < deadline) {
            found.addAll(reader.poll(10, Duration.ofSeconds(1)).records());
        }
        assertThat(found).hasSize(number);
        return found;
    }

    @Test
    void appendsARecordBesideFairleadsOwn() throws Exception {
        LogWriter writer = defined();
        writer.append(0, List.of(new LogEntry(KEY, new byte[] {1, 2}, DATA))).join();
        append("written by hand", "2");
        writer.append(0, List.of(new LogEntry(KEY, new byte[] {1, 2}, DATA))).join();
        append("and again", "4");
        try (LogReader reader = mechanism.read(LOG, 0, 0)) {
            List<LogRecord> records = read(reader, 4);
            assertThat(records).extracting(LogRecord::offset).containsExactly(0L, 1L, 2L, 3L);
            CloudEvent event = ForeignHeader.read(
                    LOG,
                    records.get(1).header(),
                    records.get(1).key(),
                    records.get(1).payload());
            assertThat(event.id()).isEqualTo("2");
            assertThat(event.type()).isEqualTo("written by hand");
            assertThat(event.time()).isNotNull();
            assertThat(records.get(1).payload()).isEqualTo(DATA);
            assertThat(records.get(2).header()).isEqualTo(new byte[] {1, 2});
            assertThat(ForeignHeader.is(records.get(3).header())).isTrue();
        }
    }

    private void append(String type, String id) throws Exception {
        List<String> statements = statements(1);
        long now = Duration.between(Instant.EPOCH, Instant.now()).toNanos();
        try (Connection connection = connect()) {
            update(connection, statements.get(0), (long) KEY.length + DATA.length, now, LOG);
            try (PreparedStatement select = prepare(connection, statements.get(1), LOG);
                    ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                update(
                        connection,
                        statements.get(2),
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        KEY,
                        DATA,
                        id,
                        "urn:by-hand",
                        type);
            }
            connection.commit();
        }
    }

    @Test
    void sendsAMessage() throws Exception {
        mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
        List<String> statements = statements(2);
        try (Connection connection = connect();
                PreparedStatement select = prepare(connection, statements.get(0), QUEUE);
                ResultSet row = select.executeQuery()) {
            assertThat(row.next()).isTrue();
            update(
                    connection,
                    statements.get(1),
                    row.getLong(1),
                    DATA.length,
                    DATA,
                    "7",
                    "urn:by-hand",
                    "shop.pay.told");
            connection.commit();
        }
        try (QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(1))) {
            Delivered taken = take(receiver);
            assertThat(read(taken.message()).id()).isEqualTo("7");
            assertThat(taken.message().payload()).isEqualTo(DATA);
            taken.setAside("not now").join();
        }
        Question letter = mechanism.deadLetters(QUEUE).list(-1, 1).getFirst().message();
        assertThat(read(letter).id()).isEqualTo("7");
        assertThat(mechanism.erase(QUEUE, message -> read(message).id().equals("7")))
                .isEqualTo(1);
    }

    private static CloudEvent read(Question message) {
        return ForeignHeader.read(QUEUE, message.header(), new byte[0], message.payload());
    }

    private static Delivered take(QueueReceiver receiver) {
        List<Delivered> taken = receiver.poll(1, Duration.ofMinutes(1));
        assertThat(taken).hasSize(1);
        return taken.getFirst();
    }

    @Test
    void takesAMessage() throws Exception {
        mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
        mechanism
                .send(QUEUE, new Question(new byte[] {1}, DATA, event("told", new byte[0])))
                .join();
        List<String> statements = statements(3);
        try (Connection connection = connect();
                PreparedStatement select = prepare(connection, statements.get(0), QUEUE);
                ResultSet row = select.executeQuery()) {
            assertThat(row.next()).isTrue();
            assertThat(row.getBytes("payload")).isEqualTo(DATA);
            assertThat(row.getString("ce_type")).isEqualTo("shop.sale.told");
            update(connection, statements.get(1), row.getLong("id"));
            connection.commit();
        }
        assertThat(mechanism.depth(QUEUE).waiting()).isZero();
    }

    @Test
    void whatAStrangerWritesStopsNobody() throws Exception {
        LogWriter writer = defined();
        mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
        for (int i = 0; i < 3; i++) {
            append("poison\n", "x".repeat(3000));
        }
        mechanism.send(QUEUE, new Question(new byte[0], DATA)).join();
        String records = settings.get("prefix") + "records";
        try (Connection connection = connect()) {
            byte[] garbage = {(byte) 0xff, (byte) 0xfe, 0, 7};
            update(connection, "UPDATE " + records + " SET header = ?, payload = ? WHERE place = 0", garbage, garbage);
            update(connection, "UPDATE " + records + " SET record_key = ? WHERE place = 1", new byte[0]);
            byte[] large = new byte[LogEntry.MAX_PAYLOAD + 1];
            update(connection, "UPDATE " + records + " SET payload = ? WHERE place = 2", large);
            update(connection, "UPDATE " + settings.get("prefix") + "messages SET payload = ?, size = -1", large);
            connection.commit();
        }
        writer.append(0, List.of(new LogEntry(KEY, new byte[] {1, 2}, DATA))).join();
        try (LogReader reader = mechanism.read(LOG, 0, 0)) {
            List<LogRecord> found = read(reader, 4);
            assertThat(found).noneMatch(LogRecord::isErased);
            assertThat(found.get(0).header()).hasSize(4);
            assertThat(found.get(1).key()).hasSizeLessThan(KEY.length);
            assertThat(found.get(2).payload()).isEmpty();
            assertThat(found.get(3).payload()).isEqualTo(DATA);
        }
        try (QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(1))) {
            Delivered taken = take(receiver);
            assertThat(taken.message().payload()).isEmpty();
            taken.setAside("not Fairlead's").join();
        }
        assertThat(mechanism.deadLetters(QUEUE).list(-1, 1)).hasSize(1);
    }

    @Test
    void whatIsTakenAwayWhileItIsSetAsideLeavesNoDeadLetter() throws Exception {
        mechanism.define(new QueueDefinition(QUEUE, Durability.D2));
        mechanism.send(QUEUE, new Question(new byte[0], DATA)).join();
        String waiting = kind == RealServer.MARIADB
                ? "SELECT COUNT(*) FROM information_schema.innodb_lock_waits"
                : "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
        try (QueueReceiver receiver = mechanism.receive(QUEUE, Duration.ofMinutes(1));
                Connection connection = connect();
                Connection watching = connect()) {
            watching.setAutoCommit(true);
            Delivered taken = take(receiver);
            update(connection, "DELETE FROM " + settings.get("prefix") + "messages");
            CompletableFuture<?> aside = taken.setAside("too late");
            await().atMost(Duration.ofMinutes(1)).until(() -> {
                try (PreparedStatement select = prepare(watching, waiting);
                        ResultSet row = select.executeQuery()) {
                    return row.next() && row.getLong(1) > 0;
                }
            });
            connection.commit();

            assertThatThrownBy(aside::join)
                    .hasCauseInstanceOf(FairleadException.class)
                    .hasMessageContaining("lease");
            assertThat(mechanism.deadLetters(QUEUE).list(-1, 1)).isEmpty();
        }
    }
}
