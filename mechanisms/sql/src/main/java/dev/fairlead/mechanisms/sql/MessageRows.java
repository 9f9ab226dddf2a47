package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.Question;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rows of the messages. A message is ready (0), held by a receiver (1) or for later (2); one that is due becomes ready. A hand-out
 * passes over rows that another hand-out holds, so that receivers do not wait for each other.
 *
 * <p>A hand-out is known by message, holder and attempt: whoever settles it must name all three, and finds nothing when another got the
 * message since.
 */
final class MessageRows {
    private static final long MOST_BYTES = 8L << 20;

    private final Database database;
    private final String insert;
    private final String promote;
    private final String ready;
    private final String hold;
    private final String content;
    private final String delete;
    private final String toDead;
    private final String giveBack;
    private final String release;

    /** A message to be sent; {@code due} is 0 when it may be handed out at once. */
    record Sending(Question message, long due) {}

    /** A message in the hands of a receiver. */
    record Held(long id, int attempt, Question message) {}

    MessageRows(Database database, Tables tables) {
        this.database = database;
        this.insert = tables.sql("INSERT INTO {messages} (queue_id, state, turn, due, holder, attempts, size, header, payload)"
                + " VALUES (?, ?, " + tables.nextTurn() + ", ?, 0, 0, ?, ?, ?)");
        this.promote = tables.sql("UPDATE {messages} SET state = 0, due = 0, holder = 0"
                + " WHERE queue_id = ? AND state IN (1, 2) AND due <= ?");
        this.ready = tables.sql("SELECT id, attempts, size FROM {messages} WHERE queue_id = ? AND state = 0"
                + " ORDER BY turn LIMIT ? FOR UPDATE SKIP LOCKED");
        this.hold = tables.sql(
                "UPDATE {messages} SET state = 1, due = ?, holder = ?, attempts = attempts + 1 WHERE id = ?");
        this.content = tables.sql("SELECT header, payload FROM {messages} WHERE id = ?");
        String one = " WHERE id = ? AND holder = ? AND attempts = ? AND state = 1";
        this.delete = tables.sql("DELETE FROM {messages}" + one);
        this.toDead = tables.sql("INSERT INTO {dead} (queue_id, attempts, error, since, size, header, payload)"
                + " SELECT queue_id, attempts, ?, ?, size, header, payload FROM {messages}" + one);
        this.giveBack = tables.sql("UPDATE {messages} SET state = ?, due = ?, holder = 0, turn = " + tables.nextTurn()
                + one);
        this.release = tables.sql("UPDATE {messages} SET state = 0, due = 0, holder = 0" + one);
    }

    void send(QueueRow queue, List<Sending> messages) {
        database.once("sending to queue " + queue.name(), connection -> {
            insert(connection, queue, messages);
            return true;
        });
    }

    void insert(Connection connection, QueueRow queue, List<Sending> messages) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(insert)) {
            for (Sending each : messages) {
                row.setLong(1, queue.id());
                row.setInt(2, each.due() == 0 ? 0 : 2);
                row.setLong(3, each.due());
                row.setInt(4, each.message().size());
                row.setBytes(5, each.message().header());
                row.setBytes(6, each.message().payload());
                row.addBatch();
            }
            row.executeBatch();
        }
    }

    /** Hands out the next messages. One whose commit got no answer stays held until its lease is over, and comes again then. */
    List<Held> handOut(QueueRow queue, long holder, int most, long now, long leaseEnd) {
        return database.again("polling queue " + queue.name(), connection -> {
            Statements.update(connection, promote, queue.id(), now);
            List<Held> found = ready(connection, queue, most);
            if (found.isEmpty()) {
                return found;
            }
            try (PreparedStatement update = connection.prepareStatement(hold)) {
                for (Held each : found) {
                    Statements.set(update, leaseEnd, holder, each.id());
                    update.addBatch();
                }
                update.executeBatch();
            }
            return found;
        });
    }

    private List<Held> ready(Connection connection, QueueRow queue, int most) throws SQLException {
        List<Held> found = new ArrayList<>();
        try (PreparedStatement select = Statements.prepare(connection, ready, queue.id(), most);
                ResultSet row = select.executeQuery();
                PreparedStatement read = connection.prepareStatement(content)) {
            long bytes = 0;
            while (row.next() && (found.isEmpty() || bytes + row.getLong(3) <= MOST_BYTES)) {
                bytes += row.getLong(3);
                read.setLong(1, row.getLong(1));
                try (ResultSet message = read.executeQuery()) {
                    message.next();
                    found.add(new Held(
                            row.getLong(1),
                            row.getInt(2) + 1,
                            new Question(message.getBytes(1), message.getBytes(2))));
                }
            }
        }
        return found;
    }

    /** Settles what receivers are done with, in one transaction; whether each was still held. */
    boolean[] settle(QueueRow queue, long holder, List<Settlement> settlements, long now) {
        return database.once("settling messages of queue " + queue.name(), connection -> {
            boolean[] settled = new boolean[settlements.size()];
            try (PreparedStatement delete = connection.prepareStatement(this.delete)) {
                for (int i = 0; i < settled.length; i++) {
                    settled[i] = settle(connection, delete, holder, settlements.get(i), now);
                }
            }
            return settled;
        });
    }

    private boolean settle(
            Connection connection, PreparedStatement delete, long holder, Settlement settlement, long now)
            throws SQLException {
        return switch (settlement) {
            case Settlement.Acknowledge done -> {
                Statements.set(delete, done.id(), holder, done.attempt());
                yield delete.executeUpdate() == 1;
            }
            case Settlement.GiveBack back -> {
                long due = back.delay() == 0 ? 0 : Nanos.plus(now, back.delay());
                yield Statements.update(
                                connection, giveBack, due == 0 ? 0 : 2, due, back.id(), holder, back.attempt())
                        == 1;
            }
            case Settlement.SetAside aside -> {
                try (PreparedStatement insert = connection.prepareStatement(toDead)) {
                    insert.setString(1, aside.error());
                    insert.setLong(2, now);
                    insert.setLong(3, aside.id());
                    insert.setLong(4, holder);
                    insert.setInt(5, aside.attempt());
                    insert.executeUpdate();
                }
                Statements.set(delete, aside.id(), holder, aside.attempt());
                yield delete.executeUpdate() == 1;
            }
        };
    }

    /** Lets go of messages by their ids, which stay in their turn; those that another holds stay with him. */
    void release(QueueRow queue, long holder, Map<Long, Integer> attempts) {
        database.again("giving back messages of queue " + queue.name(), connection -> {
            for (Map.Entry<Long, Integer> each : attempts.entrySet()) {
                Statements.update(connection, release, each.getKey(), holder, each.getValue());
            }
            return true;
        });
    }
}
