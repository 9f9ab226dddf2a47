package dev.fairlead.engine.transaction;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Where the databases differ. Everything else is plain SQL that both understand. */
enum Dialect {
    POSTGRESQL(
            "PostgreSQL",
            "bytea",
            "bytea",
            """
            INSERT INTO fairlead_outbox_keys AS k (item, record_key, version, touched) VALUES (?, ?, 1, %1$s)
            ON CONFLICT (item, record_key) DO UPDATE SET version = k.version + 1, touched = EXCLUDED.touched
            RETURNING version""",
            " ON CONFLICT DO NOTHING",
            "SET LOCAL idle_in_transaction_session_timeout = "),
    H2("H2", "varbinary(1024)", "varbinary(1048576)", """
            SELECT version FROM FINAL TABLE (MERGE INTO fairlead_outbox_keys k
            USING (VALUES (CAST(? AS varchar(100)), CAST(? AS varbinary(1024)))) n (item, record_key)
            ON k.item = n.item AND k.record_key = n.record_key
            WHEN MATCHED THEN UPDATE SET version = k.version + 1, touched = %1$s
            WHEN NOT MATCHED THEN INSERT VALUES (n.item, n.record_key, 1, %1$s))""", "", "");

    /** Milliseconds since 1970 by the database's clock, as of the beginning of the transaction or statement. */
    static final String NOW = "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS bigint)";

    private final String product;
    final String keyType;
    final String payloadType;

    /** Takes the next version of a key and its row lock; two parameters: item and key. */
    final String nextVersion;

    /** Added to an insert, lets it do nothing when the row is there, if the database has that; else the insert fails. */
    final String orNothing;

    private final String limitIdle;

    Dialect(
            String product,
            String keyType,
            String payloadType,
            String nextVersion,
            String orNothing,
            String limitIdle) {
        this.product = product;
        this.keyType = keyType;
        this.payloadType = payloadType;
        this.nextVersion = nextVersion.formatted(NOW);
        this.orNothing = orNothing;
        this.limitIdle = limitIdle;
    }

    /**
     * Lets the database end this transaction when its client is not heard of for so long, as one that is stopped, so that its locks
     * keep nobody waiting. H2 has nothing like it, and runs in the process of its client.
     */
    void limitIdle(Connection transaction, Duration most) throws SQLException {
        if (!limitIdle.isEmpty()) {
            try (Statement set = transaction.createStatement()) {
                set.execute(limitIdle + most.toMillis());
            }
        }
    }

    /**
     * Whether the database lets others read what was committed before that is in its files: a kill in between takes back what was read. A later
     * commit writes the earlier ones along.
     */
    boolean showsBeforeItKeeps() {
        return this == H2;
    }

    /**
     * H2 writes commits to its file up to half a second later, if nothing else is said, and a kill takes them back: events that were published,
     * and effects that a group's position is beyond.
     */
    private void requireKept(Connection connection) throws SQLException {
        if (this != H2) {
            return;
        }
        try (Statement look = connection.createStatement();
                ResultSet delay =
                        look.executeQuery("SELECT MAX(CAST(setting_value AS int)) FROM information_schema.settings"
                                + " WHERE setting_name = 'WRITE_DELAY'")) {
            if (delay.next() && delay.getInt(1) > 0) {
                throw new FairleadException(
                        ErrorCode.CAPABILITY,
                        "this H2 writes a commit to its file up to " + delay.getInt(1)
                                + " ms later, and a kill in between takes it back, after it was published or noted as done"
                                + " (add ;WRITE_DELAY=0 to its URL)");
            }
        }
    }

    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        for (Dialect known : values()) {
            if (known.product.equals(product)) {
                known.requireKept(connection);
                return known;
            }
        }
        throw new FairleadException(
                ErrorCode.CAPABILITY,
                "outbox and inbox are made for PostgreSQL and H2, but this database is " + product
                        + " (keep them in one of these)");
    }
}
