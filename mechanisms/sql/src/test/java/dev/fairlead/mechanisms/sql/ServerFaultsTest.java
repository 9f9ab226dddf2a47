package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.servers.RealServer;
import dev.fairlead.servers.ServerProcess;
import dev.fairlead.spi.Answer;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogReader;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.QueueDefinition;
import dev.fairlead.spi.Retention;
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
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What kills, pauses and broken connections do to what is under way; on a server that these tests share, each with tables of its own. */
@ParameterizedClass
@EnumSource(names = {"POSTGRESQL", "MARIADB"})
class ServerFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FIRST_DELIVERY = Duration.ofSeconds(10);

    private static final Duration HEALING = Duration.ofSeconds(30);

    static final String LOG = "shop.sale";

    private final ServerProcess server;
    private final TcpProxy proxy;
    private final Map<String, String> tables = KillableDatabase.newTables();

    ServerFaultsTest(RealServer kind) {
        this.server = kind.killable();
        this.proxy = TcpProxy.to(server.port());
    }

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

    private Map<String, String> with(String key, String value) {
        Map<String, String> more = new HashMap<>(tables);
        more.put(key, value);
        return more;
    }

    static LogWriter define(SqlMechanism mechanism) {
        mechanism.define(new LogDefinition(LOG, new Retention.LatestPerKey(), Durability.D2));
        return mechanism.claim(LOG, "test");
    }

    static List<LogEntry> entry(String value) {
        return List.of(new LogEntry("k".getBytes(UTF_8), new byte[0], value.getBytes(UTF_8)));
    }

    private static Question question(String text) {
        return new Question(new byte[0], text.getBytes(UTF_8));
    }

    /** Also an append that is one statement, and so commits itself. */
    static boolean isCommit(byte[] data) {
        return new String(data, ISO_8859_1).contains("COMMIT") || isAppend(data);
    }

    static boolean isAppend(byte[] data) {
        return new String(data, ISO_8859_1).contains("WITH moved AS");
    }

    @Test
    void losesNothingWhenTheServerIsKilledAndStoppedThreeTimesEach() throws Exception {
        try (SqlMechanism mechanism = open()) {
            Load load = new Load(mechanism, LOG);
            for (Ending ending : Ending.inTurn(3)) {
                int before = load.deliveries();
                await().atMost(PATIENCE).until(() -> load.deliveries() > before + 50);
                int troubleBefore = load.trouble();
                ending.of(server);
                await().atMost(PATIENCE).until(() -> load.trouble() > troubleBefore);
                int after = load.deliveries();
                server.restart();
                await().atMost(FIRST_DELIVERY).until(() -> load.deliveries() > after);
            }
            load.judge(KillableDatabase.LONGEST_CALL);
        }
    }

    /** A server that was stopped (SIGSTOP) for longer than anybody waits, and comes back, finishes what it had begun. */
    @Test
    void losesNothingWhenTheServerIsStoppedAndComesBack() throws Exception {
        try (SqlMechanism mechanism = open()) {
            Load load = new Load(mechanism, LOG);
            await().atMost(PATIENCE).until(() -> load.deliveries() > 50);
            int troubleBefore = load.trouble();
            server.pause();
            await().atMost(PATIENCE).until(() -> load.trouble() > troubleBefore);
            int after = load.deliveries();
            server.resume();
            await().atMost(FIRST_DELIVERY).until(() -> load.deliveries() > after + 20);
            load.judge(KillableDatabase.LONGEST_CALL);
        }
    }

    /** What can become of a connection while records flow; each heals, which the caller awaits. */
    private enum Partition {
        /** What is delivered later came by a new connection. */
        RESET {
            @Override
            void happen(TcpProxy proxy, BooleanSupplier isFelt) {
                proxy.reset();
            }
        },
        ANSWER_LOST {
            @Override
            void happen(TcpProxy proxy, BooleanSupplier isFelt) {
                int before = proxy.cuts();
                await().atMost(PATIENCE).until(() -> {
                    proxy.cutAnswerTo(ServerFaultsTest::isCommit); // again, if that connection broke before its answer
                    return proxy.cuts() > before;
                });
                proxy.cutAnswerTo(data -> false);
            }
        },
        SLOW {
            @Override
            void happen(TcpProxy proxy, BooleanSupplier isFelt) {
                proxy.delay(Duration.ofMillis(50));
                proxy.reset();
                proxy.cutAnswerTo(data -> {
                    proxy.delay(Duration.ZERO);
                    return isCommit(data);
                });
            }
        },
        REFUSED {
            @Override
            void happen(TcpProxy proxy, BooleanSupplier isFelt) {
                proxy.refuse(true);
                proxy.reset();
                await().atMost(PATIENCE).until(isFelt::getAsBoolean);
                proxy.refuse(false);
            }
        },
        SILENT {
            @Override
            void happen(TcpProxy proxy, BooleanSupplier isFelt) {
                proxy.blackHole(true);
                await().atMost(PATIENCE).until(isFelt::getAsBoolean);
                proxy.reset();
                proxy.blackHole(false);
            }
        };

        abstract void happen(TcpProxy proxy, BooleanSupplier isFelt);
    }

    @Test
    void losesNothingWhenTheConnectionFailsTwentyTimes() throws Exception {
        List<Partition> twenty = new ArrayList<>(Collections.nCopies(8, Partition.RESET));
        twenty.addAll(Collections.nCopies(8, Partition.ANSWER_LOST));
        twenty.addAll(Collections.nCopies(2, Partition.SLOW));
        twenty.addAll(List.of(Partition.REFUSED, Partition.SILENT));
        Collections.shuffle(twenty, new Random(7));
        try (SqlMechanism mechanism = openByProxy()) {
            Load load = new Load(mechanism, LOG);
            for (Partition partition : twenty) {
                int before = load.deliveries();
                await().atMost(HEALING).until(() -> load.deliveries() > before + 20);
                int troubleBefore = load.trouble();
                partition.happen(proxy, () -> load.trouble() > troubleBefore);
            }
            int last = load.deliveries();
            await().atMost(HEALING).until(() -> load.deliveries() > last);
            load.judge(KillableDatabase.LONGEST_CALL);
        }
    }

    @Test
    void losesNoMessageOfAQueueWhenTheServerIsKilledAndStoppedThreeTimesEach() throws Exception {
        try (SqlMechanism mechanism = open()) {
            QueueLoad load = new QueueLoad(mechanism);
            for (Ending ending : Ending.inTurn(3)) {
                int before = load.handled();
                await().atMost(PATIENCE).until(() -> load.handled() > before + 50);
                int troubleBefore = load.trouble();
                ending.of(server);
                await().atMost(PATIENCE).until(() -> load.trouble() > troubleBefore);
                int after = load.handled();
                server.restart();
                await().atMost(FIRST_DELIVERY).until(() -> load.handled() > after);
            }
            load.judge(KillableDatabase.LONGEST_CALL);
        }
    }

    @Test
    void knowsThatAnAppendWasCommittedWhoseAnswerWasLost() {
        try (SqlMechanism mechanism = openByProxy()) {
            LogWriter writer = define(mechanism);
            writer.append(0, entry("first")).join();
            proxy.cutAnswerTo(ServerFaultsTest::isCommit);
            assertThat(writer.append(0, entry("second")).join().first().offset())
                    .isEqualTo(1);
            assertThat(writer.append(0, entry("third")).join().first().offset()).isEqualTo(2);
            assertThat(mechanism.bounds(LOG, 0).end()).isEqualTo(3);
            assertThat(proxy.cuts()).isEqualTo(1);
        }
    }

    @Test
    void endsEveryCallInTimeWhenTheServerFallsSilent() {
        try (SqlMechanism mechanism = openByProxy()) {
            LogWriter writer = define(mechanism);
            writer.append(0, entry("first")).join();
            proxy.blackHole(true);
            CompletableFuture<?> append = writer.append(0, entry("second"));
            await().atMost(PATIENCE).until(append::isDone);
            assertThat(Outcomes.codeOf(append)).isIn(ErrorCode.UNREACHABLE, ErrorCode.OUTCOME_UNKNOWN);
            try (LogReader reader = mechanism.read(LOG, 0, 0)) {
                fail("it opens a reader without the server");
            } catch (FairleadException away) {
                assertThat(away.code()).as(String.valueOf(away.getMessage())).isEqualTo(ErrorCode.UNREACHABLE);
                assertThat(away).hasMessageContaining("127.0.0.1:" + proxy.port());
            }
            proxy.blackHole(false);
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                writer.resume();
                return true;
            });
            long end = mechanism.bounds(LOG, 0).end();
            assertThat(writer.append(0, entry("third")).join().first().offset()).isEqualTo(end);
        }
    }

    @Test
    void tellsThatATableIsGone() throws SQLException {
        String prefix = tables.get("prefix");
        try (SqlMechanism mechanism = open()) {
            LogWriter writer = define(mechanism);
            writer.append(0, entry("first")).join();
            try (LogReader reader = mechanism.read(LOG, 0, 0);
                    Connection foreign = DriverManager.getConnection(
                            server.settings().get("url"), server.settings().get("user"), "");
                    Statement statement = foreign.createStatement()) {
                statement.execute("DROP TABLE " + prefix + "records");
                assertThat(Outcomes.codeOf(writer.append(0, entry("second")))).isEqualTo(ErrorCode.STORAGE_DAMAGED);
                assertThatThrownBy(() -> reader.poll(1, Duration.ZERO))
                        .isInstanceOfSatisfying(
                                FairleadException.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_DAMAGED));
                assertThatThrownBy(() -> mechanism.latest(LOG, "k".getBytes(UTF_8)))
                        .hasMessageContaining(prefix + "records");
                mechanism.define(new QueueDefinition("shop.pay", Durability.D2));
                statement.execute("DROP TABLE " + prefix + "messages");
                assertThat(Outcomes.codeOf(mechanism.send("shop.pay", question("pay"))))
                        .isEqualTo(ErrorCode.STORAGE_DAMAGED);
                mechanism.answer("shop.quote", 1, question -> new Answer.Given(new byte[0], question.payload()));
                statement.execute("DROP TABLE " + prefix + "letters");
                assertThat(Outcomes.codeOf(mechanism.ask("shop.quote", question("quote"), PATIENCE)))
                        .isEqualTo(ErrorCode.UNREACHABLE);
            }
            try (SqlMechanism next = KillableDatabase.open(server, server.port(), with("connections", "3"))) {
                assertThatThrownBy(() -> next.latest(LOG, "k".getBytes(UTF_8)))
                        .as("no table is made anew in silence")
                        .isInstanceOfSatisfying(
                                FairleadException.class,
                                failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STORAGE_DAMAGED));
            }
        }
    }
}
