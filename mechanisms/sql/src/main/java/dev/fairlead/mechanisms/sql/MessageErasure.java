package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.Question;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Takes messages out of a queue, wherever they are.
 *
 * <p>One query sees all rows of one moment, so each message in the one place where it is then; what moves before it is deleted is found by
 * the next query. When one finds nothing, nothing is left that was there at the beginning.
 */
final class MessageErasure {
    private static final int FETCH = 100;

    private final Database database;
    private final MessageRows rows;
    private final String all;
    private final String messages;
    private final String dead;

    /** Where a message stands: waiting, held or for later, or among the dead letters. */
    private record Found(List<Long> messages, List<Long> dead) {
        boolean isEmpty() {
            return messages.isEmpty() && dead.isEmpty();
        }
    }

    MessageErasure(Database database, MessageRows rows, Tables tables) {
        this.database = database;
        this.rows = rows;
        this.all = tables.sql("SELECT 0, id, header, payload, " + EventColumns.LIST
                + " FROM {messages} WHERE queue_id = ?"
                + " UNION ALL SELECT 1, number, header, payload, " + EventColumns.LIST
                + " FROM {dead} WHERE queue_id = ?");
        this.messages = tables.sql("DELETE FROM {messages} WHERE id = ?");
        this.dead = tables.sql("DELETE FROM {dead} WHERE number = ?");
    }

    long erase(QueueRow queue, Predicate<Question> which) {
        String what = "erasing messages of queue " + queue.name();
        long erased = 0;
        while (true) {
            Found found = database.read(what, connection -> find(connection, queue, which));
            if (found.isEmpty()) {
                return erased;
            }
            erased += database.once(what, connection -> {
                rows.awaitTurn(connection, queue);
                return delete(connection, messages, found.messages()) + delete(connection, dead, found.dead());
            });
        }
    }

    private Found find(Connection connection, QueueRow queue, Predicate<Question> which) throws SQLException {
        Found found = new Found(new ArrayList<>(), new ArrayList<>());
        try (PreparedStatement select = Statements.prepare(connection, all, queue.id(), queue.id())) {
            select.setFetchSize(FETCH);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    byte[] header = EventColumns.header(row.getBytes(3), row, 5);
                    if (which.test(new Question(header, row.getBytes(4)))) {
                        (row.getInt(1) == 0 ? found.messages() : found.dead()).add(row.getLong(2));
                    }
                }
            }
        }
        return found;
    }

    private static long delete(Connection connection, String sql, List<Long> numbers) throws SQLException {
        if (numbers.isEmpty()) {
            return 0;
        }
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            for (long number : numbers) {
                delete.setLong(1, number);
                delete.addBatch();
            }
            long deleted = 0;
            for (int count : delete.executeBatch()) {
                deleted += count;
            }
            return deleted;
        }
    }
}
