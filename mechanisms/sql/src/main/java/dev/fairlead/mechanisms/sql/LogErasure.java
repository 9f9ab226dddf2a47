package dev.fairlead.mechanisms.sql;

import dev.fairlead.api.ErrorCode;
import dev.fairlead.api.FairleadException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Takes the content of a key's records out of a log, some thousand places in each transaction. */
final class LogErasure {
    private static final int PLACES = 5000;
    private static final byte[] NOTHING = {};

    private final Database database;
    private final LogRows logs;
    private final String stands;
    private final String erase;

    LogErasure(Database database, LogRows logs, Tables tables) {
        this.database = database;
        this.logs = logs;
        this.stands = tables.sql("SELECT 1 FROM {records} WHERE log_id = ? AND place = ? AND record_key = ?");
        this.erase = tables.sql("UPDATE {records} SET record_key = ?, header = ?, payload = ?, key_hash = NULL, "
                + EventColumns.CLEARED + " WHERE log_id = ? AND place >= ? AND place < ? AND record_key = ?");
    }

    long erase(LogRow log, long epoch, byte[] key, long below) {
        String what = "erasing in log " + log.name();
        long from = database.read(what, connection -> {
            logs.lockedBy(connection, log, epoch);
            requireRecord(connection, log, key, below);
            return logs.head(connection, log).bounds().start();
        });
        long erased = 0;
        while (from < below) {
            long begin = from;
            long until = Math.min(below, begin + PLACES);
            erased += database.again(what, connection -> {
                logs.lockedBy(connection, log, epoch);
                return erase(connection, log, key, begin, until);
            });
            from = until;
        }
        return erased;
    }

    private void requireRecord(Connection connection, LogRow log, byte[] key, long below) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(stands)) {
            select.setLong(1, log.id());
            select.setLong(2, below);
            select.setBytes(3, key);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new FairleadException(
                            ErrorCode.BAD_VALUE,
                            "log " + log.name() + " has no record of the key at offset " + below
                                    + " (append one first, which tells that the earlier ones are erased)");
                }
            }
        }
    }

    private int erase(Connection connection, LogRow log, byte[] key, long from, long until) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(erase)) {
            update.setBytes(1, NOTHING);
            update.setBytes(2, NOTHING);
            update.setBytes(3, NOTHING);
            update.setLong(4, log.id());
            update.setLong(5, from);
            update.setLong(6, until);
            update.setBytes(7, key);
            return update.executeUpdate();
        }
    }
}
