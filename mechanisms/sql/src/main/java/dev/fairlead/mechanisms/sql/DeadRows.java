package dev.fairlead.mechanisms.sql;

import dev.fairlead.spi.DeadLetter;
import dev.fairlead.spi.DeadLetters;
import dev.fairlead.spi.Dismissal;
import dev.fairlead.spi.Question;
import dev.fairlead.spi.input.QueueLimits;
import dev.fairlead.spi.server.Nanos;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The rows of the dead letters and of their dismissals. */
final class DeadRows {
    private static final long MOST_BYTES = 16L << 20;

    private final Database database;
    private final MessageRows messages;
    private final String sizes;
    private final String find;
    private final String lock;
    private final String delete;
    private final String dismissal;
    private final String trim;
    private final String dismissals;

    DeadRows(Database database, MessageRows messages, Tables tables) {
        this.database = database;
        this.messages = messages;
        this.sizes =
                tables.sql("SELECT number, size FROM {dead} WHERE queue_id = ? AND number > ? ORDER BY number LIMIT ?");
        this.find = tables.sql("SELECT number, attempts, error, since, header, payload, " + EventColumns.LIST
                + " FROM {dead}" + " WHERE queue_id = ? AND number = ?");
        this.lock = tables.sql("SELECT size FROM {dead} WHERE queue_id = ? AND number = ? FOR UPDATE");
        this.delete = tables.sql("DELETE FROM {dead} WHERE queue_id = ? AND number = ?");
        this.dismissal = tables.sql("INSERT INTO {dismissals} (queue_id, number, moment, reason) VALUES (?, ?, ?, ?)");
        this.trim = tables.sql("DELETE FROM {dismissals} WHERE queue_id = ? AND id < ?");
        this.dismissals = tables.sql("SELECT number, reason, moment, id FROM {dismissals} WHERE queue_id = ?"
                + " ORDER BY id DESC LIMIT " + DeadLetters.MOST);
    }

    List<DeadLetter> list(QueueRow queue, long after, int most) {
        return database.read("listing dead letters of queue " + queue.name(), connection -> {
            List<DeadLetter> letters = new ArrayList<>();
            for (long number : page(connection, queue, after, most)) {
                find(connection, queue, number).ifPresent(letters::add);
            }
            return letters;
        });
    }

    private List<Long> page(Connection connection, QueueRow queue, long after, int most) throws SQLException {
        try (PreparedStatement select = Statements.prepare(connection, sizes, queue.id(), after, most);
                ResultSet row = select.executeQuery()) {
            List<Long> numbers = new ArrayList<>();
            long bytes = 0;
            while (row.next() && (numbers.isEmpty() || bytes + row.getLong(2) <= MOST_BYTES)) {
                numbers.add(row.getLong(1));
                bytes += row.getLong(2);
            }
            return numbers;
        }
    }

    Optional<DeadLetter> find(QueueRow queue, long number) {
        return database.read(
                "looking for a dead letter of queue " + queue.name(), connection -> find(connection, queue, number));
    }

    private Optional<DeadLetter> find(Connection connection, QueueRow queue, long number) throws SQLException {
        try (PreparedStatement select = Statements.prepare(connection, find, queue.id(), number);
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new DeadLetter(
                            row.getLong(1),
                            new Question(EventColumns.header(row.getBytes(5), row, 7), row.getBytes(6)),
                            row.getInt(2),
                            row.getString(3),
                            Nanos.moment(row.getLong(4))))
                    : Optional.empty();
        }
    }

    /** Puts them back at the end of the queue, as new; how many were there. */
    int redrive(QueueRow queue, Collection<Long> numbers) {
        return database.once("sending dead letters of queue " + queue.name() + " again", connection -> {
            List<MessageRows.Sending> again = new ArrayList<>();
            long bytes = 0;
            for (long number : new LinkedHashSet<>(numbers)) {
                long size = lock(connection, queue, number);
                if (size < 0) {
                    continue;
                }
                bytes += size;
                if (bytes > MOST_BYTES) {
                    throw QueueLimits.bad(
                            queue.name(),
                            "dead letters of at most " + MOST_BYTES + " bytes are sent again at once; send fewer");
                }
                find(connection, queue, number)
                        .ifPresent(letter -> again.add(new MessageRows.Sending(letter.message(), 0)));
                Statements.update(connection, delete, queue.id(), number);
            }
            messages.insert(connection, queue, again);
            return again.size();
        });
    }

    /** The size of the letter, which stays with this transaction; −1 when it is not there. */
    private long lock(Connection connection, QueueRow queue, long number) throws SQLException {
        try (PreparedStatement select = Statements.prepare(connection, lock, queue.id(), number);
                ResultSet row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    void dismiss(QueueRow queue, long number, String reason, long now) {
        database.once("dismissing a dead letter of queue " + queue.name(), connection -> {
            if (Statements.update(connection, delete, queue.id(), number) == 0) {
                throw QueueLimits.bad(
                        queue.name(),
                        "there is no dead letter " + number + "; it was sent again or dismissed before (list them)");
            }
            try (PreparedStatement insert = Statements.prepare(connection, dismissal, queue.id(), number, now)) {
                insert.setString(4, reason);
                insert.executeUpdate();
            }
            trim(connection, queue);
            return true;
        });
    }

    private void trim(Connection connection, QueueRow queue) throws SQLException {
        long oldest = 0;
        try (PreparedStatement select = Statements.prepare(connection, dismissals, queue.id());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                oldest = row.getLong(4);
            }
        }
        Statements.update(connection, trim, queue.id(), oldest);
    }

    List<Dismissal> dismissals(QueueRow queue) {
        return database.read("listing dismissals of queue " + queue.name(), connection -> {
            try (PreparedStatement select = Statements.prepare(connection, dismissals, queue.id());
                    ResultSet row = select.executeQuery()) {
                List<Dismissal> found = new ArrayList<>();
                while (row.next()) {
                    found.add(new Dismissal(row.getLong(1), row.getString(2), Nanos.moment(row.getLong(3))));
                }
                return found;
            }
        });
    }
}
