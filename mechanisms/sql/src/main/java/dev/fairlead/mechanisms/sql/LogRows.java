package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import dev.fairlead.spi.Beat;
import dev.fairlead.spi.LogBounds;
import dev.fairlead.spi.LogDefinition;
import dev.fairlead.spi.server.Nanos;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The rows of the logs: definitions, claims, ends and beats. */
final class LogRows {
    private static final String HEAD =
            "SELECT l.start_offset, l.compacted_below, l.next_offset, b.number, b.epoch, b.moment, b.end_offset"
                    + " FROM {logs} l JOIN {beats} b ON b.log_id = l.id WHERE l.";

    private final Database database;
    private final String find;
    private final String insert;
    private final String insertBeat;
    private final String updateDurability;
    private final String claim;
    private final String claimBeats;
    private final String lock;
    private final String touch;
    private final String headById;
    private final String headByName;
    private final String beat;

    LogRows(Database database, Tables tables) {
        this.database = database;
        this.find = tables.sql("SELECT id, retention, keep_nanos FROM {logs} WHERE name = ?");
        this.insert = tables.sql("INSERT INTO {logs} (name, retention, keep_nanos, durability, epoch, claimed_by,"
                + " start_offset, compacted_below, next_offset, total_bytes, last_written)"
                + " VALUES (?, ?, ?, ?, 0, '', 0, 0, 0, 0, 0)");
        this.insertBeat = tables.sql("INSERT INTO {beats} (log_id, number, epoch, moment, end_offset)"
                + " SELECT id, 0, 0, 0, 0 FROM {logs} WHERE name = ?");
        this.updateDurability = tables.sql("UPDATE {logs} SET durability = ? WHERE name = ?");
        this.claim = tables.sql("UPDATE {logs} SET epoch = epoch + 1, claimed_by = ? WHERE id = ?");
        this.claimBeats = tables.sql("UPDATE {beats} SET epoch = ? WHERE log_id = ?");
        this.lock = tables.sql(
                "SELECT epoch, claimed_by, next_offset, total_bytes, last_written FROM {logs} WHERE id = ? FOR UPDATE");
        this.touch = tables.sql("UPDATE {logs} SET last_written = last_written + 1 WHERE id = ?");
        this.headById = tables.sql(HEAD + "id = ?");
        this.headByName = tables.sql(HEAD + "name = ?");
        this.beat = tables.sql("UPDATE {beats} SET number = number + 1, moment = ?, end_offset ="
                + " (SELECT l.next_offset FROM {logs} l WHERE l.id = ?) WHERE log_id = ? AND epoch = ?");
    }

    void define(LogDefinition definition) {
        LogRow found = database.again("defining log " + definition.name(), connection -> {
            Optional<LogRow> row = find(connection, definition.name());
            return row.isPresent() ? take(connection, definition, row.get()) : create(connection, definition);
        });
        if (!found.retention().equals(definition.retention())) {
            throw new FairleadException(
                    ErrorCode.PLAN,
                    "log " + definition.name() + " exists with " + found.retention() + " and cannot become one with "
                            + definition.retention() + "; choose another name");
        }
    }

    private LogRow take(Connection connection, LogDefinition definition, LogRow row) throws SQLException {
        if (row.retention().equals(definition.retention())) {
            try (PreparedStatement update = connection.prepareStatement(updateDurability)) {
                update.setString(1, definition.durability().name());
                update.setString(2, definition.name());
                update.executeUpdate();
            }
        }
        return row;
    }

    private LogRow create(Connection connection, LogDefinition definition) throws SQLException {
        try (PreparedStatement log = connection.prepareStatement(insert);
                PreparedStatement beats = connection.prepareStatement(insertBeat)) {
            log.setString(1, definition.name());
            log.setString(2, LogRow.kind(definition.retention()));
            log.setLong(3, LogRow.nanos(definition.retention()));
            log.setString(4, definition.durability().name());
            log.executeUpdate();
            beats.setString(1, definition.name());
            beats.executeUpdate();
        } catch (SQLException e) {
            if (!Failures.isDuplicate(e)) {
                throw e;
            }
            connection.rollback(); // another was first
        }
        return find(connection, definition.name()).orElseThrow(() -> undefined(definition.name()));
    }

    /** The log, or PLAN when there is none. */
    LogRow get(String name) {
        return database.read("looking for log " + name, connection -> find(connection, name))
                .orElseThrow(() -> undefined(name));
    }

    private Optional<LogRow> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(find)) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new LogRow(row.getLong(1), name, LogRow.retention(row.getString(2), row.getLong(3))))
                        : Optional.empty();
            }
        }
    }

    static FairleadException undefined(String name) {
        return new FairleadException(ErrorCode.PLAN, "log " + name + " is not defined; define it first");
    }

    /** What goes with a new epoch, in the same transaction. */
    @FunctionalInterface
    interface Claiming {
        void begins(Connection connection, long epoch) throws SQLException;
    }

    /** Begins a new epoch. */
    Claimed claim(LogRow log, String owner, Claiming beside) {
        return database.again("claiming log " + log.name(), connection -> {
            try (PreparedStatement update = connection.prepareStatement(claim);
                    PreparedStatement beats = connection.prepareStatement(claimBeats)) {
                update.setString(1, owner);
                update.setLong(2, log.id());
                update.executeUpdate();
                Claimed now = locked(connection, log);
                beats.setLong(1, now.epoch());
                beats.setLong(2, log.id());
                beats.executeUpdate();
                beside.begins(connection, now.epoch());
                return now;
            }
        });
    }

    /** Waits for transactions that hold the log, also for one whose commit got no answer, and holds it. */
    Claimed locked(Connection connection, LogRow log) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(lock)) {
            select.setLong(1, log.id());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw undefined(log.name());
                }
                return new Claimed(
                        row.getLong(1), row.getString(2), new LogEnd(row.getLong(3), row.getLong(4), row.getLong(5)));
            }
        }
    }

    /** As {@link #locked}, and refuses when the log was claimed since. */
    LogEnd lockedBy(Connection connection, LogRow log, long epoch) throws SQLException {
        Claimed now = locked(connection, log);
        if (now.epoch() != epoch) {
            throw new FairleadException(
                    ErrorCode.FENCED,
                    "log " + log.name() + ": epoch " + epoch + " has ended, " + now.owner() + " claimed epoch "
                            + now.epoch() + "; stop writing, or claim the log again");
        }
        return now.end();
    }

    /**
     * Where the log ends, once no append of the epoch is under way any more: those that hold the log have ended, and those that come later
     * find the moment of the last record moved, by a nanosecond.
     */
    LogEnd settle(LogRow log, long epoch) {
        return database.again("looking at the end of log " + log.name(), connection -> {
            LogEnd end = lockedBy(connection, log, epoch);
            Statements.update(connection, touch, log.id());
            return new LogEnd(end.next(), end.bytes(), end.written() + 1);
        });
    }

    Head head(LogRow log) {
        return database.read("looking at log " + log.name(), connection -> head(connection, log));
    }

    Head head(Connection connection, LogRow log) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(headById)) {
            select.setLong(1, log.id());
            return head(select, log.name());
        }
    }

    LogBounds bounds(String name) {
        return database.read("looking at log " + name, connection -> {
            try (PreparedStatement select = connection.prepareStatement(headByName)) {
                select.setString(1, name);
                return head(select, name).bounds();
            }
        });
    }

    private static Head head(PreparedStatement select, String name) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw undefined(name);
            }
            long start = row.getLong(1);
            LogBounds bounds = new LogBounds(start, Math.max(start, row.getLong(2)), row.getLong(3));
            return new Head(
                    bounds, row.getLong(4), new Beat(row.getLong(5), Nanos.moment(row.getLong(6)), row.getLong(7)));
        }
    }

    /** Notes a beat, unless the epoch has ended. */
    void beat(LogRow log, long epoch, Instant time) {
        database.again("a beat of log " + log.name(), connection -> {
            try (PreparedStatement update = connection.prepareStatement(beat)) {
                update.setLong(1, Nanos.of(time));
                update.setLong(2, log.id());
                update.setLong(3, log.id());
                update.setLong(4, epoch);
                return update.executeUpdate();
            }
        });
    }
}
