package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.Question;
import dev.fairlead.spi.cloudevents.ForeignHeader;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Nanos;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
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
    private static final int EVENT = 7;

    /** As many ids a statement names at most: H2 looks through them all for each row that it finds. */
    private static final int LIST = 256;

    private final Database database;
    private final ArrayMessages arrays;
    private final String insert;
    private final String insertEvent;
    private final String foreign;
    private final String promote;
    private final String ready;
    private final String lockQueue;
    private final String hold;
    private final String content;
    private final String delete;
    private final String lockHeld;
    private final String toDead;
    private final String giveBack;
    private final String release;

    /** A message to be sent; {@code due} is 0 when it may be handed out at once. */
    record Sending(Question message, long due) {}

    /** A message in the hands of a receiver. */
    record Held(long id, int attempt, Question message) {}

    MessageRows(Database database, Tables tables) {
        this.database = database;
        this.arrays = new ArrayMessages(tables);
        this.insert = tables.sql(
                "INSERT INTO {messages} (queue_id, state, turn, due, holder, attempts, size, header, payload)"
                        + " VALUES (?, ?, " + tables.nextTurn() + ", ?, 0, 0, ?, ?, ?)");
        this.insertEvent = tables.sql(
                "INSERT INTO {messages} (queue_id, state, turn, due, holder, attempts, size, header, payload, "
                        + EventColumns.LIST + ") VALUES (?, ?, " + tables.nextTurn() + ", ?, 0, 0, ?, ?, ?, "
                        + EventColumns.PARAMETERS + ")");
        this.foreign = tables.sql(
                "SELECT id, " + EventColumns.LIST + " FROM {messages} WHERE ce_specversion IS NOT NULL AND id IN ");
        this.promote = tables.sql("UPDATE {messages} SET state = 0, due = 0, holder = 0"
                + " WHERE queue_id = ? AND state IN (1, 2) AND due <= ?");
        this.ready = tables.sql("SELECT id, size FROM {messages} WHERE queue_id = ? AND state = 0"
                + " ORDER BY queue_id, state, turn LIMIT ?"
                + (database.dialect().skipsLocked() ? " FOR UPDATE SKIP LOCKED" : ""));
        this.lockQueue = tables.sql("SELECT id FROM {queues} WHERE id = ? FOR UPDATE");
        this.hold = tables.sql(
                "UPDATE {messages} SET state = 1, due = ?, holder = ?, attempts = attempts + 1 WHERE id IN ");
        this.content = tables.sql("SELECT id, attempts, header, payload FROM {messages} WHERE id IN ");
        String one = " WHERE id = ? AND holder = ? AND attempts = ? AND state = 1";
        this.delete = tables.sql("DELETE FROM {messages}" + one);
        this.lockHeld = tables.sql("UPDATE {messages} SET holder = holder" + one);
        this.toDead = tables.sql("INSERT INTO {dead} (queue_id, attempts, error, since, size, header, payload, "
                + EventColumns.LIST + ") SELECT queue_id, attempts, ?, ?, size, header, payload, " + EventColumns.LIST
                + " FROM {messages}" + one);
        this.giveBack =
                tables.sql("UPDATE {messages} SET state = ?, due = ?, holder = 0, turn = " + tables.nextTurn() + one);
        this.release = tables.sql("UPDATE {messages} SET state = 0, due = 0, holder = 0" + one);
    }

    void send(QueueRow queue, List<Sending> messages) {
        database.once("sending to queue " + queue.name(), connection -> {
            insert(connection, queue, messages);
            return true;
        });
    }

    void insert(Connection connection, QueueRow queue, List<Sending> messages) throws SQLException {
        boolean events = messages.stream().anyMatch(each -> each.message().event() != null);
        try (PreparedStatement row = connection.prepareStatement(events ? insertEvent : insert)) {
            for (Sending each : messages) {
                row.setLong(1, queue.id());
                row.setInt(2, each.due() == 0 ? 0 : 2);
                row.setLong(3, each.due());
                row.setInt(4, each.message().size());
                row.setBytes(5, each.message().header());
                row.setBytes(6, each.message().payload());
                if (events) {
                    EventColumns.set(row, EVENT, each.message().attributes());
                }
                row.addBatch();
            }
            row.executeBatch();
        }
    }

    /** Hands out the next messages. One whose commit got no answer stays held until its lease is over, and comes again then. */
    List<Held> handOut(QueueRow queue, long holder, int most, long now, long leaseEnd) {
        return database.again("polling queue " + queue.name(), connection -> {
            awaitTurn(connection, queue);
            Statements.update(connection, promote, queue.id(), now);
            List<Long> ids = ready(connection, queue, most);
            return ids.isEmpty() ? List.of() : hold(connection, ids, holder, leaseEnd);
        });
    }

    /** Where a hand-out locks no rows before it marks them, whoever takes some away waits for it, and it for him. */
    void awaitTurn(Connection connection, QueueRow queue) throws SQLException {
        if (!database.dialect().skipsLocked()) {
            Statements.number(connection, lockQueue, queue.id());
        }
    }

    private List<Long> ready(Connection connection, QueueRow queue, int most) throws SQLException {
        try (PreparedStatement select = Statements.prepare(connection, ready, queue.id(), most);
                ResultSet row = select.executeQuery()) {
            List<Long> ids = new ArrayList<>();
            long bytes = 0;
            while (row.next() && (ids.isEmpty() || bytes + row.getLong(2) <= MOST_BYTES)) {
                ids.add(row.getLong(1));
                bytes += row.getLong(2);
            }
            return ids;
        }
    }

    private List<Held> hold(Connection connection, List<Long> ids, long holder, long leaseEnd) throws SQLException {
        Map<Long, Held> found = new HashMap<>();
        if (database.dialect().takesArrays()) {
            arrays.hold(connection, ids, holder, leaseEnd, row -> put(row, found));
        } else {
            for (int from = 0; from < ids.size(); from += LIST) {
                List<Long> some = ids.subList(from, Math.min(from + LIST, ids.size()));
                holdThenRead(connection, some, holder, leaseEnd, found);
            }
        }
        addForeignHeaders(connection, found);
        return ids.stream().map(found::get).toList();
    }

    private void holdThenRead(Connection connection, List<Long> ids, long holder, long leaseEnd, Map<Long, Held> found)
            throws SQLException {
        String list = Statements.list(ids.size());
        try (PreparedStatement update = Statements.prepare(connection, hold + list, leaseEnd, holder)) {
            Statements.setList(update, 3, ids);
            update.executeUpdate();
        }
        try (PreparedStatement select = connection.prepareStatement(content + list)) {
            Statements.setList(select, 1, ids);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    put(row, found);
                }
            }
        }
    }

    private static void put(ResultSet row, Map<Long, Held> found) throws SQLException {
        Question message = QueueLimits.found(row.getBytes(3), row.getBytes(4));
        found.put(row.getLong(1), new Held(row.getLong(1), row.getInt(2), message));
    }

    /** What another program sent without an envelope gets its attributes instead. */
    private void addForeignHeaders(Connection connection, Map<Long, Held> found) throws SQLException {
        List<Long> ids = found.values().stream()
                .filter(each -> each.message().header().length == 0)
                .map(Held::id)
                .toList();
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement select = connection.prepareStatement(foreign + Statements.list(ids.size()))) {
            Statements.setList(select, 1, ids);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    byte[] header = ForeignHeader.of(EventColumns.read(row, 2));
                    found.computeIfPresent(
                            row.getLong(1),
                            (id, held) -> new Held(
                                    id,
                                    held.attempt(),
                                    new Question(header, held.message().payload())));
                }
            }
        }
    }

    /** Settles what receivers are done with, in one transaction; whether each was still held. */
    boolean[] settle(QueueRow queue, long holder, List<Settlement> settlements, long now) {
        return database.once("settling messages of queue " + queue.name(), connection -> {
            boolean[] settled = new boolean[settlements.size()];
            int done = 0;
            while (done < settled.length) {
                int from = done;
                while (done < settled.length && settlements.get(done) instanceof Settlement.Acknowledge) {
                    done++;
                }
                delete(connection, holder, settlements.subList(from, done), settled, from);
                if (done < settled.length) {
                    settled[done] = settle(connection, holder, settlements.get(done), now);
                    done++;
                }
            }
            return settled;
        });
    }

    private void delete(Connection connection, long holder, List<Settlement> done, boolean[] settled, int from)
            throws SQLException {
        if (done.isEmpty()) {
            return;
        }
        if (database.dialect().takesArrays()) {
            boolean[] deleted = arrays.delete(connection, holder, done);
            System.arraycopy(deleted, 0, settled, from, deleted.length);
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(this.delete)) {
            for (Settlement each : done) {
                Statements.set(delete, each.id(), holder, each.attempt());
                delete.addBatch();
            }
            int[] counts = delete.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                settled[from + i] = counts[i] == 1;
            }
        }
    }

    private boolean settle(Connection connection, long holder, Settlement settlement, long now) throws SQLException {
        long id = settlement.id();
        int attempt = settlement.attempt();
        return switch (settlement) {
            case Settlement.Acknowledge done -> Statements.update(connection, delete, id, holder, attempt) == 1;
            case Settlement.GiveBack back -> {
                long due = back.delay() == 0 ? 0 : Nanos.plus(now, back.delay());
                yield Statements.update(connection, giveBack, due == 0 ? 0 : 2, due, id, holder, attempt) == 1;
            }
            case Settlement.SetAside aside -> {
                // an erasure that comes between a copy and its original would leave the copy
                if (Statements.update(connection, lockHeld, id, holder, attempt) == 0) {
                    yield false;
                }
                try (PreparedStatement insert = connection.prepareStatement(toDead)) {
                    insert.setString(1, aside.error());
                    insert.setLong(2, now);
                    insert.setLong(3, id);
                    insert.setLong(4, holder);
                    insert.setInt(5, attempt);
                    insert.executeUpdate();
                }
                yield Statements.update(connection, delete, id, holder, attempt) == 1;
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
