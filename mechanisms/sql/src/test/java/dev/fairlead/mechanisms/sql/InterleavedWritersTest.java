package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogRecord;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Mechanism;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Writers that take the log from each other, and transactions that are undone: what a reader sees has no hole and loses nothing. */
class InterleavedWritersTest {
    private static final String LOG = "shop.sale";
    private static final int WRITERS = 8;
    private static final int ROUNDS = 15;

    static Stream<Map<String, String>> servers() {
        return Stream.of(RealServer.POSTGRESQL.shared(), RealServer.MARIADB.shared());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aReaderSeesEveryCommittedRecordInOrder(Map<String, String> server) throws Exception {
        SqlUnderTest under = new SqlUnderTest(Durability.D2, server);
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        Queue<String> fenced = new ConcurrentLinkedQueue<>();
        try (SqlMechanism reading = (SqlMechanism) under.open(TimeSource.SYSTEM);
                LogReader reader = defined(reading)) {
            AtomicInteger working = new AtomicInteger(WRITERS + 1);
            List<Thread> threads = new ArrayList<>();
            for (int number = 0; number < WRITERS; number++) {
                String name = "writer " + number;
                int connections = number + 1;
                threads.add(Thread.ofPlatform().start(() -> {
                    write(under.settings(), connections, name, acknowledged, fenced);
                    working.decrementAndGet();
                }));
            }
            threads.add(Thread.ofPlatform().start(() -> {
                undo(under.settings(), working);
                working.decrementAndGet();
            }));
            List<LogRecord> seen = new ArrayList<>();
            while (working.get() > 0 || reader.next() < reading.bounds(LOG, 0).end()) {
                seen.addAll(reader.poll(50, Duration.ofMillis(20)).records());
            }
            for (Thread thread : threads) {
                thread.join();
            }
            judge(seen, acknowledged, fenced);
        } finally {
            under.dispose();
        }
    }

    private static LogReader defined(SqlMechanism mechanism) {
        mechanism.define(new LogDefinition(LOG, new Retention.KeepAll(), Durability.D2));
        return mechanism.read(LOG, 0, 0);
    }

    /** Claims the log again and again, and appends until another has it. */
    private static void write(
            Map<String, String> settings,
            int connections,
            String name,
            Queue<String> acknowledged,
            Queue<String> fenced) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("connections", Integer.toString(connections));
        Random random = new Random(connections);
        try (Mechanism opened = SqlMechanism.open(new MechanismOpening(own, Path.of("."), TimeSource.SYSTEM))) {
            for (int round = 0; round < ROUNDS; round++) {
                LogWriter writer = ((SqlMechanism) opened).claim(LOG, name);
                for (int i = 0; i < 20; i++) {
                    String value = name + "/" + round + "/" + i;
                    try {
                        writer.append(0, entries(name, value)).join();
                        acknowledged.add(value);
                    } catch (CompletionException e) {
                        assertThat(e.getCause())
                                .isInstanceOfSatisfying(
                                        FairleadException.class,
                                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.FENCED));
                        fenced.add(value);
                        break;
                    }
                    LockSupport.parkNanos(random.nextInt(2_000_000));
                }
                writer.close();
            }
        }
    }

    private static List<LogEntry> entries(String name, String value) {
        byte[] key = name.getBytes(UTF_8);
        return List.of(
                new LogEntry(key, new byte[0], (value + "/a").getBytes(UTF_8)),
                new LogEntry(key, new byte[0], (value + "/b").getBytes(UTF_8)));
    }

    /** Moves the end of the log, as an append does, stays there for up to 20 milliseconds, and undoes it. */
    private static void undo(Map<String, String> settings, AtomicInteger working) {
        Random random = new Random(1);
        try (Connection connection =
                        DriverManager.getConnection(settings.get("url"), settings.getOrDefault("user", ""), "");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (working.get() > 1) {
                statement.executeUpdate("UPDATE " + settings.get("prefix") + "logs SET next_offset = next_offset + 3");
                LockSupport.parkNanos(random.nextInt(20_000_000));
                connection.rollback();
                LockSupport.parkNanos(random.nextInt(20_000_000));
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void judge(List<LogRecord> seen, Queue<String> acknowledged, Queue<String> fenced) {
        Map<String, Integer> last = new HashMap<>();
        Set<String> values = new HashSet<>();
        for (int i = 0; i < seen.size(); i++) {
            LogRecord record = seen.get(i);
            assertThat(record.offset()).isEqualTo(i);
            String value = new String(record.payload(), UTF_8);
            assertThat(values.add(value)).as("once: " + value).isTrue();
            String[] parts = value.split("/", -1);
            int order = Integer.parseInt(parts[1]) * 100 + Integer.parseInt(parts[2]);
            assertThat(order).isGreaterThanOrEqualTo(last.getOrDefault(parts[0], -1));
            last.put(parts[0], order);
        }
        assertThat(acknowledged).isNotEmpty();
        assertThat(fenced).isNotEmpty();
        for (String value : acknowledged) {
            assertThat(values.remove(value + "/a") && values.remove(value + "/b"))
                    .as(value)
                    .isTrue();
        }
        assertThat(values).as("what stands of appends that were fenced off").isEmpty();
    }
}
