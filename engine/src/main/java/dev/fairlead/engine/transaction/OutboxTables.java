package dev.fairlead.engine.transaction;

import dev.fairlead.api.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * The outbox of one item, as it stands in the database.
 *
 * <p>An event takes the next version of its key together with the lock of the key's row, and holds it to the end of its transaction. So
 * versions are committed in their order and without a hole, and whoever sees one sees all before it. There is no cursor that
 * could pass over what is committed late: a row is there until it is published.
 */
public final class OutboxTables {
    private static final int ROWS = 512;
    private static final long BYTES = 8L << 20;
    private static final int KEYS_AT_ONCE = 1000;
    private static final byte[] NOTHING = {};

    private final Database database;
    private final String item;

    private OutboxTables(Database database, String item) {
        this.database = database;
        this.item = item;
    }

    /** Finds or creates the tables, as the caller says. */
    public static OutboxTables open(DataSource source, Tables treated, String item) {
        Database database = Database.of(source);
        database.require(treated, TableDefinition.outbox(database.dialect()));
        OutboxTables tables = new OutboxTables(database, item);
        tables.register();
        return tables;
    }

    /** Whether a commit has to come between reading rows and publishing them. */
    boolean showsBeforeItKeeps() {
        return database.dialect().showsBeforeItKeeps();
    }

    private void register() {
        database.transaction("registering the outbox of " + item, connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO fairlead_outbox_items (item, epoch, holder, lease_until)"
                            + " SELECT ?, 0, '', 0 WHERE NOT EXISTS"
                            + " (SELECT 1 FROM fairlead_outbox_items WHERE item = ?)"
                            + database.dialect().orNothing)) {
                insert.setString(1, item);
                insert.setString(2, item);
                return insert.executeUpdate();
            } catch (SQLException e) {
                if (SqlFailure.isDuplicate(e)) {
                    return 0;
                }
                throw e;
            }
        });
    }

    /** Writes the event in the caller's transaction. */
    public void append(Connection transaction, byte[] key, String type, byte[] payload, byte[] origin) {
        try {
            insert(transaction, key, type, payload, origin);
        } catch (SQLException e) {
            throw SqlFailure.of("writing to the outbox of " + item, e);
        }
    }

    /**
     * Drops the key's events that wait, and lets an erasure wait in their place, both or neither. Waits for the transactions that hold the
     * key: what they commit is dropped, and what is committed later comes behind the erasure.
     */
    OutboxStamp erase(byte[] key, byte[] origin) {
        return database.transaction("erasing a key in the outbox of " + item, connection -> {
            OutboxStamp stamp = insert(connection, key, OutboxRow.ERASURE, NOTHING, origin);
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM fairlead_outbox WHERE item = ? AND record_key = ? AND event_type <> '"
                            + OutboxRow.ERASURE + "'")) {
                delete.setString(1, item);
                delete.setBytes(2, key);
                delete.executeUpdate();
            }
            return stamp;
        });
    }

    private OutboxStamp insert(Connection transaction, byte[] key, String type, byte[] payload, byte[] origin)
            throws SQLException {
        OutboxStamp stamp = new OutboxStamp(
                nextVersion(transaction, key), ThreadLocalRandom.current().nextLong());
        try (PreparedStatement insert = transaction.prepareStatement(
                "INSERT INTO fairlead_outbox (item, record_key, version, token, event_type, payload, origin, created)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, " + Dialect.NOW + ")")) {
            insert.setString(1, item);
            insert.setBytes(2, key);
            insert.setLong(3, stamp.version());
            insert.setLong(4, stamp.token());
            insert.setString(5, type);
            insert.setBytes(6, payload);
            insert.setBytes(7, origin);
            insert.executeUpdate();
        }
        return stamp;
    }

    private long nextVersion(Connection transaction, byte[] key) throws SQLException {
        try {
            return bump(transaction, key);
        } catch (SQLException e) {
            if (database.dialect() == Dialect.H2 && SqlFailure.isDuplicate(e)) {
                return bump(
                        transaction, key); // another transaction was first with a new key; the statement alone failed
            }
            throw e;
        }
    }

    private long bump(Connection transaction, byte[] key) throws SQLException {
        try (PreparedStatement next = transaction.prepareStatement(database.dialect().nextVersion)) {
            next.setString(1, item);
            next.setBytes(2, key);
            try (ResultSet row = next.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** The first rows by place, up to a number and about 8 MiB. */
    List<OutboxRow> read() {
        return database.transaction("reading the outbox of " + item, connection -> {
            OptionalLong last = lastOfPage(connection);
            return last.isEmpty() ? List.of() : rows(connection, last.getAsLong());
        });
    }

    private OptionalLong lastOfPage(Connection connection) throws SQLException {
        try (PreparedStatement sizes = connection.prepareStatement(
                "SELECT place, OCTET_LENGTH(payload) FROM fairlead_outbox WHERE item = ? ORDER BY place LIMIT "
                        + ROWS)) {
            sizes.setString(1, item);
            try (ResultSet row = sizes.executeQuery()) {
                OptionalLong last = OptionalLong.empty();
                long bytes = 0;
                while (bytes < BYTES && row.next()) {
                    last = OptionalLong.of(row.getLong(1));
                    bytes += row.getLong(2);
                }
                return last;
            }
        }
    }

    private List<OutboxRow> rows(Connection connection, long last) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT place, record_key, version, token, event_type, payload, origin FROM fairlead_outbox"
                        + " WHERE item = ? AND place <= ? ORDER BY place LIMIT " + ROWS)) {
            select.setString(1, item);
            select.setLong(2, last);
            try (ResultSet row = select.executeQuery()) {
                List<OutboxRow> rows = new ArrayList<>();
                while (row.next()) {
                    rows.add(new OutboxRow(
                            row.getLong(1),
                            row.getBytes(2),
                            new OutboxStamp(row.getLong(3), row.getLong(4)),
                            row.getString(5),
                            row.getBytes(6),
                            row.getBytes(7)));
                }
                return rows;
            }
        }
    }

    /** Whether the event of that stamp waits to be published. */
    boolean holds(byte[] key, OutboxStamp stamp) {
        return holdsBehind(Long.MIN_VALUE, key, stamp);
    }

    /** Whether the event of that stamp, of the same key as the row, waits in a later place than the row. */
    boolean holdsBehind(OutboxRow row, OutboxStamp stamp) {
        return holdsBehind(row.place(), row.key(), stamp);
    }

    private boolean holdsBehind(long place, byte[] key, OutboxStamp stamp) {
        return database.transaction("looking into the outbox of " + item, connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT 1 FROM fairlead_outbox"
                    + " WHERE item = ? AND record_key = ? AND version = ? AND token = ? AND place > ?")) {
                select.setString(1, item);
                select.setBytes(2, key);
                select.setLong(3, stamp.version());
                select.setLong(4, stamp.token());
                select.setLong(5, place);
                try (ResultSet row = select.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    /** Takes the lead if no other relay holds it, with an epoch higher than all before; empty when another holds it. */
    OptionalLong lead(String holder, Duration lease) {
        return database.transaction("taking the outbox of " + item + " over", connection -> {
            database.dialect().limitIdle(connection, lease);
            try (PreparedStatement take = connection.prepareStatement(
                    "UPDATE fairlead_outbox_items SET epoch = epoch + 1, holder = ?, lease_until = " + Dialect.NOW
                            + " + ? WHERE item = ? AND lease_until < " + Dialect.NOW)) {
                take.setString(1, holder);
                take.setLong(2, lease.toMillis());
                take.setString(3, item);
                if (take.executeUpdate() == 0) {
                    return OptionalLong.empty();
                }
            }
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT epoch FROM fairlead_outbox_items WHERE item = ?")) {
                select.setString(1, item);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return OptionalLong.of(row.getLong(1));
                }
            }
        });
    }

    /** Removes what is published and prolongs the lease, both only if the lead was not lost; returns whether it was not. */
    boolean mark(long epoch, Duration lease, List<OutboxRow> published) {
        return database.transaction("marking as published in the outbox of " + item, connection -> {
            database.dialect().limitIdle(connection, lease);
            try (PreparedStatement renew = connection.prepareStatement("UPDATE fairlead_outbox_items SET lease_until = "
                    + Dialect.NOW + " + ? WHERE item = ? AND epoch = ?")) {
                renew.setLong(1, lease.toMillis());
                renew.setString(2, item);
                renew.setLong(3, epoch);
                if (renew.executeUpdate() == 0) {
                    return false;
                }
            }
            if (!published.isEmpty()) {
                remove(connection, published);
            }
            return true;
        });
    }

    private static void remove(Connection connection, List<OutboxRow> published) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM fairlead_outbox WHERE place = ?")) {
            for (OutboxRow row : published) {
                delete.setLong(1, row.place());
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    /** Gives the lead back, so that another need not wait for the lease to end. */
    void leave(long epoch) {
        database.transaction("leaving the outbox of " + item, connection -> {
            try (PreparedStatement leave = connection.prepareStatement(
                    "UPDATE fairlead_outbox_items SET lease_until = 0, holder = '' WHERE item = ? AND epoch = ?")) {
                leave.setString(1, item);
                leave.setLong(2, epoch);
                return leave.executeUpdate();
            }
        });
    }

    /** How many events wait, counted up to a limit. */
    long pending(long limit) {
        return database.transaction("counting the outbox of " + item, connection -> {
            try (PreparedStatement count = connection.prepareStatement(
                    "SELECT COUNT(*) FROM (SELECT place FROM fairlead_outbox WHERE item = ? LIMIT ?) counted")) {
                count.setString(1, item);
                count.setLong(2, limit);
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }

    /** The age of the oldest event that waits. */
    Duration oldest() {
        return database.transaction("looking into the outbox of " + item, connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT " + Dialect.NOW
                    + " - created FROM fairlead_outbox WHERE item = ? ORDER BY place LIMIT 1")) {
                select.setString(1, item);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Duration.ofMillis(Math.max(0, row.getLong(1))) : Duration.ZERO;
                }
            }
        });
    }

    /** Forgets some keys without new events for so long; a later event of such a key begins at version 1 again. */
    int forgetKeys(Duration untouched) {
        return database.transaction("forgetting keys of the outbox of " + item, connection -> {
            try (PreparedStatement lock = connection.prepareStatement("SELECT k.record_key FROM fairlead_outbox_keys k"
                            + " WHERE k.item = ? AND k.touched < " + Dialect.NOW + " - ?"
                            + " AND NOT EXISTS (SELECT 1 FROM fairlead_outbox o"
                            + " WHERE o.item = k.item AND o.record_key = k.record_key) LIMIT " + KEYS_AT_ONCE
                            + " FOR UPDATE SKIP LOCKED");
                    PreparedStatement delete = connection.prepareStatement(
                            "DELETE FROM fairlead_outbox_keys WHERE item = ? AND record_key = ?")) {
                lock.setString(1, item);
                lock.setLong(2, untouched.toMillis());
                delete.setString(1, item);
                return LockedKeys.delete(lock, delete, 2);
            }
        });
    }
}
