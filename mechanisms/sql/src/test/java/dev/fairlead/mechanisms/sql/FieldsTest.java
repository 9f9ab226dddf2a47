package dev.fairlead.mechanisms.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.api.Durability;
import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.FoundRecords;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.LogEntry;
import dev.fairlead.spi.LogWriter;
import dev.fairlead.spi.MechanismOpening;
import dev.fairlead.spi.Retention;
import dev.fairlead.spi.SearchedFields;
import dev.fairlead.spi.TimeSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FieldsTest {
    private static final String LOG = "shop.order";
    private static final SearchedFields COUNTRY =
            new SearchedFields(Set.of("country"), payload -> Map.of("country", new String(payload, UTF_8)));

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final SqlMechanism mechanism = SqlMechanism.open(
            new MechanismOpening(Map.of("url", url, "timeout", "30s"), Path.of("."), TimeSource.SYSTEM));

    @BeforeEach
    void define() {
        mechanism.define(new LogDefinition(LOG, new Retention.LatestPerKey(), Durability.D0));
    }

    @AfterEach
    void close() {
        mechanism.close();
    }

    @Test
    void ofAnErasedKeyNoTextIsLeft() throws SQLException {
        LogWriter writer = mechanism.claim(LOG, "shop", COUNTRY);
        append(writer, "a", "CH");
        append(writer, "b", "CH");
        append(writer, "a", "DE");
        long below = append(writer, "a", "");
        writer.erase(0, "a".getBytes(UTF_8), below);

        assertThat(number("SELECT COUNT(*) FROM \"fairlead_texts\"")).isOne();
        assertThat(found("CH")).containsExactly("b");
    }

    @Test
    void aRecordHasOneTextHoweverOftenItsKeyIsWritten() throws SQLException {
        LogWriter writer = mechanism.claim(LOG, "shop", COUNTRY);
        for (int i = 0; i < 100; i++) {
            append(writer, "a", "text " + i);
        }
        mechanism.applyRetention(LOG);

        assertThat(number("SELECT COUNT(*) FROM \"fairlead_texts\"")).isOne();
        assertThat(found("text 99")).containsExactly("a");
    }

    @Test
    void aLogWithoutFieldsHasNoTexts() throws SQLException {
        append(mechanism.claim(LOG, "shop"), "a", "CH");

        assertThat(number("SELECT COUNT(*) FROM \"fairlead_texts\"")).isZero();
        assertThat(number("SELECT COUNT(*) FROM \"fairlead_fields\"")).isZero();
    }

    @Test
    void afterAClaimOfAProgramThatKnowsNoFieldsNothingIsFoundUntilTheyAreFilledInAnew() throws SQLException {
        append(mechanism.claim(LOG, "shop", COUNTRY), "a", "CH");
        execute("UPDATE \"fairlead_logs\" SET epoch = epoch + 1");

        FairleadException refusal = catchThrowableOfType(
                FairleadException.class, () -> mechanism.find(LOG, Map.of("country", "CH"), null, 1));
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNREACHABLE);
        assertThat(refusal).hasMessageContaining(LOG).hasMessageContaining("epoch 2");

        execute("DELETE FROM \"fairlead_texts\"");
        mechanism.claim(LOG, "shop", COUNTRY);
        assertThat(found("CH")).containsExactly("a");
    }

    @Test
    void aClaimThatWasBrokenOffWhileItFilledInIsTakenUp() throws SQLException {
        append(mechanism.claim(LOG, "shop"), "a", "CH");
        execute(
                "INSERT INTO \"fairlead_fields\" (log_id, field, epoch) SELECT id, 'country', 0 FROM \"fairlead_logs\"");
        execute("INSERT INTO \"fairlead_texts\" (field_id, field_text, record_key, log_id, key_hash, place)"
                + " SELECT id, X'00', X'61', log_id, 0, 0 FROM \"fairlead_fields\"");

        mechanism.claim(LOG, "shop", COUNTRY);

        assertThat(number("SELECT COUNT(*) FROM \"fairlead_texts\"")).isOne();
        assertThat(found("CH")).containsExactly("a");
    }

    @Test
    void whatNobodyDeclaresAnyMoreIsDroppedInPieces() throws SQLException {
        LogWriter writer = mechanism.claim(LOG, "shop", COUNTRY);
        List<LogEntry> entries = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            entries.add(entry("k" + i, i % 2 == 0 ? "CH" : "DE"));
        }
        writer.append(0, entries).join();
        assertThat(number("SELECT COUNT(*) FROM \"fairlead_texts\"")).isEqualTo(12_000);

        mechanism.claim(LOG, "shop");

        assertThat(number("SELECT COUNT(*) FROM \"fairlead_texts\"")).isZero();
        assertThat(number("SELECT COUNT(*) FROM \"fairlead_fields\"")).isZero();
    }

    @Test
    void ofManyThatClaimAtOnceOneWritesAndItsFieldsAreWhole() throws Exception {
        LogWriter first = mechanism.claim(LOG, "shop");
        for (int i = 0; i < 50; i++) {
            append(first, "k" + (10 + i), "CH");
        }
        List<LogWriter> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<LogWriter>> claims = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                boolean searched = i % 3 != 0;
                Callable<LogWriter> claim =
                        () -> searched ? mechanism.claim(LOG, "shop", COUNTRY) : mechanism.claim(LOG, "shop");
                claims.add(threads.submit(claim));
            }
            for (Future<LogWriter> each : claims) {
                writers.add(each.get());
            }
        }
        writers.sort(Comparator.comparingLong(LogWriter::epoch));
        for (LogWriter fenced : writers.subList(0, writers.size() - 1)) {
            assertThat(catchThrowable(() -> append(fenced, "k10", "FR"))).hasMessageContaining("has ended");
        }
        append(writers.getLast(), "k11", "AT");

        append(mechanism.claim(LOG, "shop", COUNTRY), "k10", "DE");
        assertThat(found("CH")).hasSize(48).startsWith("k12");
        assertThat(found("FR")).isEmpty();
        assertThat(found("DE")).containsExactly("k10");
    }

    @Test
    void aPageEndsBeforeItIsTooLarge() {
        SearchedFields first =
                new SearchedFields(Set.of("country"), payload -> Map.of("country", new String(payload, 0, 2, UTF_8)));
        LogWriter writer = mechanism.claim(LOG, "shop", first);
        for (int i = 0; i < 9; i++) {
            append(writer, "k" + i, "CH" + "x".repeat(1_000_000));
        }

        int pages = 0;
        List<String> keys = new ArrayList<>();
        byte @Nullable [] after = null;
        do {
            FoundRecords page = mechanism.find(LOG, Map.of("country", "CH"), after, 1000);
            page.records().forEach(record -> keys.add(new String(record.key(), UTF_8)));
            after = page.next();
            pages++;
        } while (after != null);
        assertThat(keys).containsExactly("k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8");
        assertThat(pages).isBetween(2, 3);
    }

    @Test
    void onlyALogOfTheLatestPerKeyIsFoundIn() {
        mechanism.define(new LogDefinition("shop.sale", new Retention.KeepAll(), Durability.D0));

        assertThat(catchThrowableOfType(FairleadException.class, () -> mechanism.claim("shop.sale", "shop", COUNTRY))
                        .code())
                .isEqualTo(ErrorCode.CAPABILITY);
        assertThat(catchThrowableOfType(
                                FairleadException.class,
                                () -> mechanism.find("shop.sale", Map.of("country", "CH"), null, 1))
                        .code())
                .isEqualTo(ErrorCode.CAPABILITY);
    }

    @Test
    void aFieldWhoseNameCannotBeStoredIsRefused() {
        for (String name : List.of("", "\0", "x".repeat(SearchedFields.MAX_NAME + 1))) {
            SearchedFields fields = new SearchedFields(Set.of(name), payload -> Map.of());
            assertThat(catchThrowableOfType(FairleadException.class, () -> mechanism.claim(LOG, "shop", fields))
                            .code())
                    .isEqualTo(ErrorCode.BAD_VALUE);
            mechanism.claim(LOG, "shop");
            assertThat(catchThrowableOfType(
                                    FairleadException.class, () -> mechanism.find(LOG, Map.of(name, ""), null, 1))
                            .code())
                    .isEqualTo(ErrorCode.PLAN);
        }
    }

    private List<String> found(String country) {
        return mechanism.find(LOG, Map.of("country", country), null, 100).records().stream()
                .map(record -> new String(record.key(), UTF_8))
                .toList();
    }

    private static LogEntry entry(String key, String value) {
        return new LogEntry(key.getBytes(UTF_8), new byte[] {7}, value.getBytes(UTF_8));
    }

    private static long append(LogWriter writer, String key, String value) {
        return writer.append(0, List.of(entry(key, value))).join().first().offset();
    }

    private void execute(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement foreign = connection.createStatement()) {
            foreign.execute(statement);
        }
    }

    private long number(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement foreign = connection.createStatement();
                ResultSet row = foreign.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
