package dev.fairlead.engine.transaction;

import dev.fairlead.api.Tables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;

/**
 * What a group of followers has handled, as it stands in the database in which it has its effects: for each key the newest event.
 *
 * <p>Events of a key come in their order, so that one row for each key tells a repetition from what is new, however late it comes.
 * The row is written before the handler runs, and its lock is held to the end: of two followers one waits, and then finds it.
 */
public final class Inbox {
    /** How many keys are forgotten in one transaction at most. */
    static final int FORGET_AT_ONCE = 1000;

    private final Database database;
    private final String item;
    private final String group;
    private final Optional<Duration> kept;
    private final LongAdder repeated = new LongAdder();

    private Inbox(Database database, String item, String group, Optional<Duration> kept) {
        this.database = database;
        this.item = item;
        this.group = group;
        this.kept = kept;
    }

    /**
     * Finds or creates the table.
     *
     * @param kept how long a key is kept that is not touched; empty for ever
     */
    public static Inbox open(DataSource source, Tables treated, String item, String group, Optional<Duration> kept) {
        Database database = Database.of(source);
        database.require(treated, TableDefinition.inbox(database.dialect()));
        return new Inbox(database, item, group, kept);
    }

    /** How many keys there are, and how long the one that was touched least recently was not touched. */
    record Fill(long keys, Duration oldest) {
        static final Fill NONE = new Fill(0, Duration.ZERO);
    }

    Fill fill() {
        return database.transaction("counting " + this, connection -> {
            try (PreparedStatement count = connection.prepareStatement("SELECT COUNT(*), MAX(" + Dialect.NOW
                    + " - touched) FROM fairlead_inbox WHERE item = ? AND group_name = ?")) {
                count.setString(1, item);
                count.setString(2, group);
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    return new Fill(row.getLong(1), Duration.ofMillis(Math.max(0, row.getLong(2))));
                }
            }
        });
    }

    /** Forgets keys that were not touched for longer than they are kept, a limited number; returns how many. Waits for no transaction. */
    int forget(Fill fill) {
        return kept.filter(most -> fill.oldest().compareTo(most) > 0)
                .map(this::forget)
                .orElse(0);
    }

    private int forget(Duration untouched) {
        String mine = " WHERE item = ? AND group_name = ? AND ";
        return database.transaction("forgetting old keys of " + this, connection -> {
            try (PreparedStatement lock = connection.prepareStatement("SELECT record_key FROM fairlead_inbox" + mine
                            + "touched < " + Dialect.NOW + " - ? LIMIT " + FORGET_AT_ONCE + " FOR UPDATE SKIP LOCKED");
                    PreparedStatement delete =
                            connection.prepareStatement("DELETE FROM fairlead_inbox" + mine + "record_key = ?")) {
                for (PreparedStatement each : List.of(lock, delete)) {
                    each.setString(1, item);
                    each.setString(2, group);
                }
                lock.setLong(3, untouched.toMillis());
                return LockedKeys.delete(lock, delete, 3);
            }
        });
    }

    /** An event came again, and was recognised. */
    public void comeAgain() {
        repeated.increment();
    }

    long repeated() {
        return repeated.sum();
    }

    @Override
    public String toString() {
        return "the inbox of " + group + " for " + item;
    }

    /** Prepares a transaction. */
    public InboxTransaction transaction() {
        return new InboxTransaction(database.source(), this);
    }

    /**
     * Notes the events, which are in the order of the log; false when some were noted before, and the transaction is of no use.
     */
    boolean note(Connection connection, List<InboxNote> notes) throws SQLException {
        List<Span> spans = Span.of(notes);
        List<Span> left = spans;
        for (int attempt = 0; attempt < 2; attempt++) {
            left = renew(connection, left);
            if (left.isEmpty() || (attempt == 0 && add(connection, left))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes to the rows of events that were noted before, so that the caller's commit keeps them, where the database shows a commit before it
     * keeps it: else a kill takes the note back, and the effect with it, when the position of the group is beyond.
     *
     * @return whether there is something to commit
     */
    boolean touch(Connection connection, List<InboxNote> notes) throws SQLException {
        if (!database.dialect().showsBeforeItKeeps()) {
            return false;
        }
        try (PreparedStatement update = connection.prepareStatement("UPDATE fairlead_inbox SET touched = " + Dialect.NOW
                + " WHERE item = ? AND group_name = ? AND record_key = ?")) {
            for (InboxNote note : notes) {
                update.setString(1, item);
                update.setString(2, group);
                update.setBytes(3, note.key());
                update.addBatch();
            }
            update.executeBatch();
            return true;
        }
    }

    /** Moves the rows on that are older than their span; returns the spans without such a row. */
    private List<Span> renew(Connection connection, List<Span> spans) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE fairlead_inbox SET version = ?, epoch = ?, touched = " + Dialect.NOW
                        + " WHERE item = ? AND group_name = ? AND record_key = ? AND (version < ? OR epoch < ?)")) {
            for (Span span : spans) {
                update.setLong(1, span.last().version());
                update.setLong(2, span.last().epoch());
                update.setString(3, item);
                update.setString(4, group);
                update.setBytes(5, span.first().key());
                update.setLong(6, span.first().version());
                update.setLong(7, span.first().epoch());
                update.addBatch();
            }
            return untouched(spans, update.executeBatch());
        }
    }

    /** Adds rows; false when some are there. */
    private boolean add(Connection connection, List<Span> spans) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO fairlead_inbox (item, group_name, record_key, version, epoch, touched)"
                        + " SELECT CAST(? AS varchar(100)), CAST(? AS varchar(100)), CAST(? AS "
                        + database.dialect().keyType + "), CAST(? AS bigint), CAST(? AS bigint), " + Dialect.NOW
                        + database.dialect().orNothing)) {
            for (Span span : spans) {
                insert.setString(1, item);
                insert.setString(2, group);
                insert.setBytes(3, span.first().key());
                insert.setLong(4, span.last().version());
                insert.setLong(5, span.last().epoch());
                insert.addBatch();
            }
            return untouched(spans, insert.executeBatch()).isEmpty();
        } catch (SQLException e) {
            if (SqlFailure.isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    private static List<Span> untouched(List<Span> spans, int[] counts) {
        List<Span> left = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                left.add(spans.get(i));
            }
        }
        return left;
    }
}
