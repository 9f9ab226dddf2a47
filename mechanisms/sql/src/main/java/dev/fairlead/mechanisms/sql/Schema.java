package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of the mechanism, by versions: each list of statements leads from one version to the next, and is never changed once it was
 * released.
 */
final class Schema {
    private static final String VERSION_TABLE =
            "CREATE TABLE {schema} (one int NOT NULL PRIMARY KEY, version int NOT NULL)TABLE_OPTIONS";

    private static final int MOST_ATTEMPTS = 20;
    private static final Object ONE_AT_A_TIME = new Object();

    private static final List<List<String>> STEPS = List.of(
            List.of(
                    """
            CREATE TABLE {logs} (id IDENTITY_TYPE NOT NULL PRIMARY KEY, name varchar(100) NOT NULL UNIQUE,
              retention varchar(20) NOT NULL, keep_nanos bigint NOT NULL, durability varchar(2) NOT NULL,
              epoch bigint NOT NULL, claimed_by varchar(200) NOT NULL, start_offset bigint NOT NULL,
              compacted_below bigint NOT NULL, next_offset bigint NOT NULL, total_bytes bigint NOT NULL,
              last_written bigint NOT NULL)TABLE_OPTIONS""",
                    """
            CREATE TABLE {records} (log_id bigint NOT NULL, place bigint NOT NULL, record_key KEY_TYPE NOT NULL,
              header HEADER_TYPE NOT NULL, payload PAYLOAD_TYPE NOT NULL, ends bigint NOT NULL,
              written bigint NOT NULL, key_hash bigint, EVENT_COLUMNS, PRIMARY KEY (log_id, place))TABLE_OPTIONS""",
                    "CREATE INDEX {records_by_key} ON {records} (log_id, key_hash, place)KEYED_ONLY",
                    """
            CREATE TABLE {beats} (log_id bigint NOT NULL PRIMARY KEY, number bigint NOT NULL, epoch bigint NOT NULL,
              moment bigint NOT NULL, end_offset bigint NOT NULL)TABLE_OPTIONS""",
                    """
            CREATE TABLE {positions} (log_id bigint NOT NULL, reader_group varchar(100) NOT NULL,
              next_offset bigint NOT NULL, PRIMARY KEY (log_id, reader_group))TABLE_OPTIONS""",
                    """
            CREATE TABLE {queues} (id IDENTITY_TYPE NOT NULL PRIMARY KEY, name varchar(100) NOT NULL UNIQUE,
              durability varchar(2) NOT NULL)TABLE_OPTIONS""",
                    "CREATE SEQUENCE {turns} START WITH 1 INCREMENT BY 1SEQUENCE_CACHE",
                    """
            CREATE TABLE {messages} (id IDENTITY_TYPE NOT NULL PRIMARY KEY, queue_id bigint NOT NULL,
              state smallint NOT NULL, turn bigint NOT NULL, due bigint NOT NULL, holder bigint NOT NULL,
              attempts int NOT NULL, size int NOT NULL, header HEADER_TYPE NOT NULL,
              payload PAYLOAD_TYPE NOT NULL, EVENT_COLUMNS)TABLE_OPTIONS""",
                    "CREATE INDEX {messages_by_turn} ON {messages} (queue_id, state, turn)",
                    "CREATE INDEX {messages_by_due} ON {messages} (queue_id, state, due)",
                    """
            CREATE TABLE {dead} (number IDENTITY_TYPE NOT NULL PRIMARY KEY, queue_id bigint NOT NULL,
              attempts int NOT NULL, error varchar(1000) NOT NULL, since bigint NOT NULL, size int NOT NULL,
              header HEADER_TYPE NOT NULL, payload PAYLOAD_TYPE NOT NULL, EVENT_COLUMNS)TABLE_OPTIONS""",
                    "CREATE INDEX {dead_by_queue} ON {dead} (queue_id, number)",
                    """
            CREATE TABLE {dismissals} (id IDENTITY_TYPE NOT NULL PRIMARY KEY, queue_id bigint NOT NULL,
              number bigint NOT NULL, reason varchar(1000) NOT NULL, moment bigint NOT NULL)TABLE_OPTIONS""",
                    "CREATE INDEX {dismissals_by_queue} ON {dismissals} (queue_id, id)",
                    """
            CREATE TABLE {answerers} (box bigint NOT NULL, number bigint NOT NULL, item varchar(100) NOT NULL,
              room int NOT NULL, until bigint NOT NULL, PRIMARY KEY (box, number))TABLE_OPTIONS""",
                    "CREATE INDEX {answerers_by_item} ON {answerers} (item)",
                    """
            CREATE TABLE {letters} (id IDENTITY_TYPE NOT NULL PRIMARY KEY, box bigint NOT NULL, until bigint NOT NULL,
              body PAYLOAD_TYPE NOT NULL, rest PAYLOAD_TYPE NOT NULL)TABLE_OPTIONS""",
                    "CREATE INDEX {letters_by_box} ON {letters} (box, id)"),
            List.of("""
            CREATE TABLE {fields} (id IDENTITY_TYPE NOT NULL PRIMARY KEY, log_id bigint NOT NULL,
              field varchar(200) NOT NULL, epoch bigint NOT NULL, UNIQUE (log_id, field))TABLE_OPTIONS""", """
            CREATE TABLE {texts} (field_id bigint NOT NULL, field_text TEXT_TYPE NOT NULL,
              record_key KEY_TYPE NOT NULL, log_id bigint NOT NULL, key_hash bigint NOT NULL, place bigint NOT NULL,
              PRIMARY KEY (field_id, field_text, record_key))TABLE_OPTIONS""", "CREATE INDEX {texts_by_key} ON {texts} (log_id, key_hash)"));

    private final Database database;
    private final Tables tables;

    Schema(Database database, Tables tables) {
        this.database = database;
        this.tables = tables;
    }

    /** Creates what is missing, up to this program's version; refuses tables of a later one. */
    void require() {
        if (version() == STEPS.size()) {
            return;
        }
        migrateBesideOthers();
        int version = version();
        if (version != STEPS.size()) {
            throw new FairleadException(
                    ErrorCode.STORAGE_ACCESS,
                    "the tables in " + database.place() + " are of version " + version + ", this program knows version "
                            + STEPS.size() + " (use a newer Fairlead, or other tables: setting 'prefix')");
        }
    }

    /** Others may be at it too, and hold what this needs for a moment. */
    private void migrateBesideOthers() {
        for (int attempt = 1; ; attempt++) {
            try {
                synchronized (ONE_AT_A_TIME) {
                    database.alone(this::migrateAlone);
                }
                return;
            } catch (FairleadException e) {
                if (attempt == MOST_ATTEMPTS || e.code() != ErrorCode.UNREACHABLE) {
                    throw e;
                }
            }
        }
    }

    private int version() {
        return database.read("looking for the tables", this::version);
    }

    /** The version of the tables that are there; 0 when there are none. */
    private int version(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement(tables.sql("SELECT version FROM {schema} WHERE one = 1"));
                ResultSet row = select.executeQuery()) {
            return row.next() ? row.getInt(1) : 0;
        } catch (SQLException e) {
            if (Failures.isTableMissing(e)) {
                connection.rollback();
                return 0;
            }
            throw e;
        }
    }

    private void migrateAlone(Connection connection) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            lock.execute(database.dialect().keepOthersFromChanging());
            connection.commit();
            try {
                migrate(connection);
            } finally {
                lock.execute(database.dialect().letOthersChange());
                connection.commit();
            }
        }
    }

    /** MariaDB and H2 commit each statement that creates a table, so a step that was broken off is taken up where it stopped. */
    private void migrate(Connection connection) throws SQLException {
        create(connection, VERSION_TABLE);
        for (int version = version(connection); version < STEPS.size(); version++) {
            for (String statement : STEPS.get(version)) {
                create(connection, statement);
            }
            note(connection, version + 1);
        }
    }

    private void note(Connection connection, int version) throws SQLException {
        try (PreparedStatement clear = connection.prepareStatement(tables.sql("DELETE FROM {schema}"));
                PreparedStatement insert =
                        connection.prepareStatement(tables.sql("INSERT INTO {schema} VALUES (1, ?)"))) {
            clear.executeUpdate();
            insert.setInt(1, version);
            insert.executeUpdate();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            if (!Failures.isDuplicate(e)) {
                throw e;
            }
        }
    }

    private void create(Connection connection, String statement) throws SQLException {
        String sql = tables.sql(database.dialect()
                .types(statement.replace("KEYED_ONLY", database.dialect().keyedOnly())));
        try (Statement create = connection.createStatement()) {
            create.execute(sql);
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            if (!Failures.isThere(e)) {
                throw e;
            }
        }
    }

    /** Takes all tables away, with all that is in them. */
    void drop() {
        database.alone(connection -> {
            try (Statement drop = connection.createStatement()) {
                for (String table : List.of(
                        "schema",
                        "logs",
                        "records",
                        "beats",
                        "positions",
                        "queues",
                        "messages",
                        "dead",
                        "dismissals",
                        "answerers",
                        "letters",
                        "fields",
                        "texts")) {
                    drop.execute(tables.sql("DROP TABLE IF EXISTS {" + table + "}"));
                }
                drop.execute(tables.sql("DROP SEQUENCE IF EXISTS {turns}"));
                connection.commit();
            }
        });
    }
}
