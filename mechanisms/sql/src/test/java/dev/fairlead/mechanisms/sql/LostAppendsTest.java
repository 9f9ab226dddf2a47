package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.testkit.faults.TcpProxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What became of an append that is one statement and got no answer, while others use the log: it is found out, and never guessed. */
class LostAppendsTest {
    private final ServerProcess server = RealServer.POSTGRESQL.killable();
    private final TcpProxy proxy = TcpProxy.to(server.port());
    private final Map<String, String> tables = KillableDatabase.newTables();

    @AfterEach
    void end() {
        proxy.close();
        KillableDatabase.remove(server, tables);
    }

    private SqlMechanism open() {
        return KillableDatabase.open(server, server.port(), tables);
    }

    private SqlMechanism openByProxy() {
        return KillableDatabase.open(server, proxy.port(), tables);
    }

    /** Breaks the connection on which the next append comes, before it gets to the server and after something else was done. */
    private void breakBeforeTheAppend(Runnable before) {
        AtomicBoolean broken = new AtomicBoolean();
        proxy.cutAnswerTo(data -> {
            if (ServerFaultsTest.isAppend(data) && broken.compareAndSet(false, true)) {
                before.run();
                proxy.reset();
            }
            return false;
        });
    }

    /** As the documentation says, with a key of one letter. */
    private void appendAsAnotherProgram(String value) {
        String prefix = tables.get("prefix");
        try (Connection connection = DriverManager.getConnection(
                        server.settings().getOrDefault("url", ""),
                        server.settings().get("user"),
                        "");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("UPDATE " + prefix + "logs SET next_offset = next_offset + 1, total_bytes ="
                    + " total_bytes + " + (1 + value.length()));
            statement.executeUpdate("INSERT INTO " + prefix + "records (log_id, place, ends, written, record_key,"
                    + " header, payload) SELECT id, next_offset - 1, total_bytes, last_written, 'f', '', '" + value
                    + "' FROM " + prefix + "logs");
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void delete(long place) {
        try (Connection connection = DriverManager.getConnection(
                        server.settings().getOrDefault("url", ""),
                        server.settings().get("user"),
                        "");
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM " + tables.get("prefix") + "records WHERE place = " + place);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static long append(LogWriter writer, String value) {
        return writer.append(0, ServerFaultsTest.entry(value)).join().first().offset();
    }

    private static List<String> values(SqlMechanism mechanism) {
        List<String> values = new ArrayList<>();
        try (LogReader reader = mechanism.read(ServerFaultsTest.LOG, 0, 0)) {
            while (reader.next() < mechanism.bounds(ServerFaultsTest.LOG, 0).end()) {
                reader.poll(10, Duration.ZERO).records().forEach(each -> values.add(new String(each.payload(), UTF_8)));
            }
        }
        return values;
    }

    @Test
    void oneThatDidNotReachTheServerIsSentAgain() {
        try (SqlMechanism mechanism = openByProxy()) {
            LogWriter writer = ServerFaultsTest.define(mechanism);
            assertThat(append(writer, "first")).isZero();
            breakBeforeTheAppend(() -> {});
            assertThat(append(writer, "second")).isEqualTo(1);
            assertThat(append(writer, "third")).isEqualTo(2);
            assertThat(values(mechanism)).containsExactly("first", "second", "third");
        }
    }

    @Test
    void aRecordOfAnotherProgramIsNotTakenForIt() {
        try (SqlMechanism mechanism = openByProxy()) {
            LogWriter writer = ServerFaultsTest.define(mechanism);
            assertThat(append(writer, "first")).isZero();
            breakBeforeTheAppend(() -> appendAsAnotherProgram("theirs"));
            assertThat(append(writer, "second")).isEqualTo(2);
            assertThat(append(writer, "third")).isEqualTo(3);
            assertThat(values(mechanism)).containsExactly("first", "theirs", "second", "third");
        }
    }

    @Test
    void isFencedWhenAnotherHasClaimedTheLogMeanwhile() {
        try (SqlMechanism mechanism = openByProxy();
                SqlMechanism other = open()) {
            LogWriter writer = ServerFaultsTest.define(mechanism);
            assertThat(append(writer, "first")).isZero();
            breakBeforeTheAppend(() -> append(other.claim(ServerFaultsTest.LOG, "other"), "theirs"));
            assertThat(Outcomes.codeOf(writer.append(0, ServerFaultsTest.entry("second"))))
                    .isEqualTo(ErrorCode.FENCED);
            assertThat(values(mechanism)).containsExactly("first", "theirs");
        }
    }

    @Test
    void oneThatArrivesAfterItWasDecidedDoesNothing() {
        try (SqlMechanism mechanism = open()) {
            ServerFaultsTest.define(mechanism);
            LogRows logs = mechanism.server().logs().logs();
            LogRow log = logs.get(ServerFaultsTest.LOG);
            Claimed claimed = logs.claim(log, "owner", (connection, epoch) -> {});
            LogEnd settled = logs.settle(log, claimed.epoch());
            assertThat(arrives(mechanism, append(log, claimed.epoch(), claimed.end())))
                    .isFalse();
            assertThat(values(mechanism)).isEmpty();
            assertThat(arrives(mechanism, append(log, claimed.epoch(), settled)))
                    .isTrue();
            assertThat(values(mechanism)).containsExactly("second");
        }
    }

    @Test
    void isFoundByItsLastRecord() {
        try (SqlMechanism mechanism = open()) {
            LogWriter writer = ServerFaultsTest.define(mechanism);
            append(writer, "first");
            LogRows logs = mechanism.server().logs().logs();
            RecordRows records = mechanism.server().logs().records();
            LogRow log = logs.get(ServerFaultsTest.LOG);
            Claimed claimed = logs.claim(log, "owner", (connection, epoch) -> {});
            Append done = append(log, claimed.epoch(), claimed.end());
            assertThat(records.holds(done)).as("the log ends before it").contains(false);
            assertThat(arrives(mechanism, done)).isTrue();
            Append lost = append(log, claimed.epoch(), done.to());
            appendAsAnotherProgram("theirs");
            assertThat(records.holds(done)).as("others came after it").contains(true);
            assertThat(records.holds(lost)).as("others came instead of it").contains(false);
            delete(1);
            assertThat(records.holds(done)).as("retention has taken its place").isEmpty();
        }
    }

    @Test
    void oneAsLargeAsCanBeIsSentAgainToo() {
        List<LogEntry> large = Collections.nCopies(15, new LogEntry(new byte[1], new byte[0], new byte[1 << 20]));
        List<LogEntry> many = Collections.nCopies(50_000, new LogEntry(new byte[1], new byte[0], new byte[100]));
        Map<String, String> patient = new HashMap<>(tables);
        patient.put("timeout", "60s");
        try (SqlMechanism mechanism = KillableDatabase.open(server, proxy.port(), patient)) {
            LogWriter writer = ServerFaultsTest.define(mechanism);
            proxy.cutAnswerTo(ServerFaultsTest::isAppend);
            assertThat(writer.append(0, large).join().first().offset()).isZero();
            breakBeforeTheAppend(() -> {});
            assertThat(writer.append(0, many).join().first().offset()).isEqualTo(15);
            assertThat(mechanism.bounds(ServerFaultsTest.LOG, 0).end()).isEqualTo(50_015);
        }
    }

    private static Append append(LogRow log, long epoch, LogEnd from) {
        return new Append(log, epoch, from, ServerFaultsTest.entry("second"), 1);
    }

    private static boolean arrives(SqlMechanism mechanism, Append append) {
        Server opened = mechanism.server();
        ArrayAppend arrays = new ArrayAppend(opened.tables());
        return opened.database().statement("a late append", connection -> arrays.append(connection, append));
    }
}
