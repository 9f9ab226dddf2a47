package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.calling.Presence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The rows of those who answer, and of the letters between openings. Leases go by the server's clock. A letter is two columns, since it may
 * be longer than one holds.
 */
final class CallRows {
    private static final int MOST = 32;
    private static final int MOST_IN_BODY = 1 << 20;
    private static final byte[] NOTHING = {};

    private final Database database;
    private final String renew;
    private final String leave;
    private final String enter;
    private final String find;
    private final String insert;
    private final String select;
    private final String deleteRead;
    private final String deleteBox;
    private final String sweepLetters;
    private final String sweepAnswerers;

    /** A letter to a box. */
    record Letter(long box, byte[] message, Duration keep) {}

    /** A letter that came. */
    record Received(long id, byte[] message) {}

    CallRows(Database database, Tables tables) {
        this.database = database;
        String now = tables.millis();
        this.renew = tables.sql("UPDATE {answerers} SET until = " + now + " + ? WHERE box = ?");
        this.leave = tables.sql("DELETE FROM {answerers} WHERE box = ?");
        this.enter = tables.sql(
                "INSERT INTO {answerers} (box, number, room, until, item) VALUES (?, ?, ?, " + now + " + ?, ?)");
        this.find = tables.sql("SELECT box, number, room FROM {answerers} WHERE item = ? AND until > " + now);
        this.insert = tables.sql("INSERT INTO {letters} (box, until, body, rest) VALUES (?, " + now + " + ?, ?, ?)");
        this.select = tables.sql("SELECT id, body, rest FROM {letters} WHERE box = ? ORDER BY box, id LIMIT " + MOST);
        this.deleteRead = tables.sql("DELETE FROM {letters} WHERE id IN ");
        this.deleteBox = tables.sql("DELETE FROM {letters} WHERE box = ?");
        this.sweepLetters = tables.sql("DELETE FROM {letters} WHERE until < " + now);
        this.sweepAnswerers = tables.sql("DELETE FROM {answerers} WHERE until < " + now);
    }

    /** Those who can be found go on being found; how many they are. */
    int renew(long box, Duration lease) {
        return database.again(
                "announcing answerers", connection -> Statements.update(connection, renew, lease.toMillis(), box));
    }

    /** These answerers, and no others of the box, can be found. */
    void announce(long box, List<Presence> all, Duration lease) {
        database.again("announcing answerers", connection -> {
            Statements.update(connection, leave, box);
            if (all.isEmpty()) {
                return true;
            }
            try (PreparedStatement row = connection.prepareStatement(enter)) {
                for (Presence each : all) {
                    Statements.set(row, box, each.number(), each.room(), lease.toMillis());
                    row.setString(5, each.item());
                    row.addBatch();
                }
                row.executeBatch();
            }
            return true;
        });
    }

    Collection<Presence> find(String item) {
        return database.read("looking for answerers of " + item, connection -> {
            try (PreparedStatement query = connection.prepareStatement(find)) {
                query.setString(1, item);
                try (ResultSet row = query.executeQuery()) {
                    List<Presence> found = new ArrayList<>();
                    while (row.next()) {
                        found.add(new Presence(item, address(row.getLong(1)), row.getLong(2), row.getInt(3)));
                    }
                    return found;
                }
            }
        });
    }

    static String address(long box) {
        return Long.toHexString(box);
    }

    static long box(String address) {
        return Long.parseUnsignedLong(address, 16);
    }

    void send(List<Letter> letters) {
        database.once("sending questions or answers", connection -> {
            try (PreparedStatement row = connection.prepareStatement(insert)) {
                for (Letter each : letters) {
                    byte[] message = each.message();
                    int first = Math.min(message.length, MOST_IN_BODY);
                    Statements.set(row, each.box(), each.keep().toMillis());
                    row.setBytes(3, first == message.length ? message : part(message, 0, first));
                    row.setBytes(4, first == message.length ? NOTHING : part(message, first, message.length));
                    row.addBatch();
                }
                row.executeBatch();
            }
            return true;
        });
    }

    private static byte[] part(byte[] whole, int from, int to) {
        return Arrays.copyOfRange(whole, from, to);
    }

    /** Takes away what was read before, and reads what is next. */
    List<Received> receive(long box, List<Received> read) {
        return database.again("receiving questions or answers", connection -> {
            if (!read.isEmpty()) {
                List<Long> ids = read.stream().map(Received::id).toList();
                try (PreparedStatement delete = connection.prepareStatement(deleteRead + Statements.list(ids.size()))) {
                    Statements.setList(delete, 1, ids);
                    delete.executeUpdate();
                }
            }
            return next(connection, box);
        });
    }

    private List<Received> next(Connection connection, long box) throws SQLException {
        try (PreparedStatement query = Statements.prepare(connection, select, box);
                ResultSet row = query.executeQuery()) {
            List<Received> found = new ArrayList<>();
            while (row.next()) {
                found.add(new Received(row.getLong(1), joined(row.getBytes(2), row.getBytes(3))));
            }
            return found;
        }
    }

    private static byte[] joined(byte[] body, byte[] rest) {
        if (rest.length == 0) {
            return body;
        }
        byte[] whole = Arrays.copyOf(body, body.length + rest.length);
        System.arraycopy(rest, 0, whole, body.length, rest.length);
        return whole;
    }

    /** Takes away what nobody wants any more, also of openings that died. */
    boolean sweep() {
        return database.again("sweeping letters", connection -> {
            Statements.update(connection, sweepLetters);
            Statements.update(connection, sweepAnswerers);
            return true;
        });
    }

    /** Nobody reads the box any more, or is found there. */
    boolean close(long box) {
        return database.again("closing a letter box", connection -> {
            Statements.update(connection, leave, box);
            Statements.update(connection, deleteBox, box);
            return true;
        });
    }
}
