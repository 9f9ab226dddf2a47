package dev.fairlead.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.contracts.FieldType;
import dev.fairlead.planner.Plan;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts do in a real PostgreSQL. */
class SqlFilesTest {
    private static final String DENIED = "42501";

    private static EmbeddedPostgres server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void aReaderReadsItsColumnsAndIsRefusedAllOthers() throws SQLException {
        try (Connection connection = connection("columns")) {
            Plan plan = TestPlans.hostile(folder);
            run(connection, scripts(plan));
            run(connection, """
                    INSERT INTO shop.string VALUES ('k', 'c', NULL, 1, 12.50, true, NULL, 5, 0.5, now(), NULL, 'PT1.5S',
                      gen_random_uuid(), '\\x00', NULL, '30-days', NULL, '[]', '{}', '[]', '{}', '[]', '{"kind": "Payment"}', NULL);
                    INSERT INTO shop."sale.ItemAdded" ("saleId", sku, quantity, currency) VALUES ('s', 'a', 1, 'EUR');
                    INSERT INTO shop."sale.itemAdded" ("saleId", sku) VALUES ('s', 'a');
                    SET ROLE "reader-new";
                    """);

            assertThat(rows(connection, "SELECT \"select\", class, total, took, status, payment FROM shop.string"))
                    .containsExactly("k c 5 00:00:01.5 30-days {\"kind\": \"Payment\"}");
            assertThat(rows(connection, "SELECT \"saleId\", sequence, sku, currency FROM shop.\"sale.ItemAdded\""))
                    .containsExactly("s 1 a EUR");
            for (String refused : List.of(
                    "SELECT ratio FROM shop.string",
                    "SELECT * FROM shop.string",
                    "SELECT total FROM shop.string WHERE raw = '\\x00'",
                    "SELECT region FROM shop.enum",
                    "SELECT quantity FROM shop.\"sale.ItemAdded\"",
                    "SELECT sku FROM shop.\"sale.itemAdded\"",
                    "SELECT sequence FROM shop.\"sale.2nd-try\"",
                    "UPDATE shop.string SET total = 1",
                    "DELETE FROM shop.string",
                    "CREATE TABLE shop.mine (a int)")) {
                assertThatThrownBy(() -> run(connection, refused))
                        .as(refused)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                denied -> assertThat(denied.getSQLState()).isEqualTo(DENIED));
            }
        }
    }

    @Test
    void whatWentOutOfThePlanIsTakenFromTheReader() throws SQLException, IOException {
        try (Connection connection = connection("taken")) {
            run(connection, scripts(TestPlans.hostile(folder)));
            assertThat(grants(connection)).contains("reader-new string class");
            Files.writeString(
                    folder.resolve("new.yaml"), "service: new\nneeds: { shop.string: { uses: [ select ] } }\n");
            String readers = Generator.generate(TestPlans.read(folder), Choice.everything()).files().stream()
                    .filter(file -> file.path().equals("shop/sql/readers.sql"))
                    .findFirst()
                    .orElseThrow()
                    .content();

            run(connection, readers);

            assertThat(grants(connection)).containsExactly("reader-new string select");
        }
    }

    @Test
    void checksWhatAnEnumMayHoldAndCommentsWhatAValueMeans() throws SQLException {
        try (Connection connection = connection("checked")) {
            run(connection, scripts(TestPlans.hostile(folder)));

            assertThatThrownBy(() -> run(connection, "INSERT INTO shop.enum VALUES ('east', NULL)"))
                    .hasMessageContaining("check constraint");
            assertThat(rows(connection, "SELECT col_description('shop.string'::regclass, 5)"))
                    .containsExactly("unit kg */ \\u002a/ <b>@see</b>, currency EUR");
        }
    }

    @Test
    void namesTooLongForPostgresStayDifferent() throws SQLException {
        String long1 = "f".repeat(63) + "1";
        String long2 = "f".repeat(63) + "2";
        String item = "i" + "-item".repeat(9);
        Plan plan = TestPlans.of(folder, """
                service: %1$s
                shares:
                  %2$s:
                    kind: event
                    key: "k\\"ey"
                    events:
                      %3$s: { %3$s: string, %4$s: int32 }
                      %4$s: { %3$s: string }
                """.formatted("s" + "-long".repeat(9), item, long1, long2));
        try (Connection connection = connection("long")) {
            run(connection, scripts(plan));

            assertThat(rows(
                            connection,
                            "SELECT count(*) FROM information_schema.tables WHERE table_schema LIKE 's-long%'"))
                    .containsExactly("2");
            assertThat(rows(
                            connection,
                            "SELECT count(*) FROM information_schema.columns WHERE table_schema LIKE 's-long%'"))
                    .containsExactly("7");
        }
    }

    @Test
    void aTableHasRoomForTheWidestItem() throws SQLException {
        String fields = IntStream.range(1, FieldType.MAX_FIELDS)
                .mapToObj(number -> ", f" + number + ": int32")
                .collect(Collectors.joining());
        Plan plan = TestPlans.of(
                folder,
                "service: wide\nshares:\n  item: { kind: state, key: id, fields: { id: string" + fields + " } }\n");
        try (Connection connection = connection("wide")) {
            run(connection, scripts(plan, new Choice(EnumSet.of(Output.SQL), null, Choice.PACKAGE)));

            assertThat(rows(connection, "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'wide'"))
                    .containsExactly("1000");
        }
    }

    private static String scripts(Plan plan) {
        return scripts(plan, Choice.everything());
    }

    private static String scripts(Plan plan, Choice choice) {
        StringBuilder all = new StringBuilder();
        List<GeneratedFile> files = Generator.generate(plan, choice).files();
        for (String script : List.of("/sql/tables.sql", "/sql/readers.sql")) {
            files.stream().filter(file -> file.path().endsWith(script)).forEach(file -> all.append(file.content()));
        }
        return all.toString();
    }

    private static Connection connection(String database) throws SQLException {
        try (Connection admin = server.getPostgresDatabase().getConnection()) {
            run(admin, "CREATE DATABASE " + database);
        }
        return server.getDatabase("postgres", database).getConnection();
    }

    private static List<String> grants(Connection connection) throws SQLException {
        return rows(connection, """
                SELECT grantee, table_name, column_name FROM information_schema.column_privileges
                WHERE starts_with(grantee, 'reader-') AND table_schema = 'shop'
                """);
    }

    private static void run(Connection connection, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    columns.add(row.getString(i));
                }
                rows.add(String.join(" ", columns));
            }
            return rows;
        }
    }
}
